import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { CancelledError, FailureError } from '../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import {
  convertRegion,
  type ConversionInput,
  type ConversionOutcome,
} from '../../../../src/shared/conversion/convert.ts'
import { noStatistics } from '../../../../src/shared/conversion/emotions/definition.ts'
import { preparedStatistics } from '../../../../src/shared/conversion/emotions/statistics.ts'
import type { PreparedSinger } from '../../../../src/shared/conversion/prepared-singer.ts'
import { compareToSource } from '../../../../src/shared/conversion/report.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { compiledKernel, compiledKernels } from '../../../support/compiled-kernel.ts'
import { createKernels, plainKernels, type Kernels } from '../../../../src/shared/kernels/kernels.ts'
import { knownOf } from '../../../support/known-sounds.ts'
import { sungSource, untrainedSinger } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const voice = sungSource(RATE_HZ, 1)
let singer: PreparedSinger
let kernels: Kernels
beforeAll(async () => {
  kernels = await compiledKernels()
  singer = untrainedSinger()
})

const angryStatistics = {
  ...noStatistics('angry'),
  pitchOffsetOctaves: 0.3,
  pitchSpreadLogRatio: 0.4,
  shapeOffset: Float32Array.from({ length: 64 }, (_, band) => (band - 32) / 40),
  energySpreadLogRatio: 0.2,
}
const angry = preparedStatistics(angryStatistics)

interface Request extends Partial<Omit<ConversionInput, 'performance'>> {
  readonly semitones?: number
  readonly strength?: number
  readonly intensity?: number
}

function convert(channels: readonly Float32Array[], request: Request = {}, rateHz = RATE_HZ) {
  const { semitones = 0, strength = 1, intensity = 0, ...rest } = request
  const written: Float32Array[][] = []
  const source = sourceOf(channels, rateHz)
  const outcome: ConversionOutcome = convertRegion({
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    singer,
    performance: {
      emotion: { emotionId: 'angry', intensity },
      transposition: { kind: 'semitones', semitones },
      strength,
    },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    // Other kernels find out for themselves.
    ...(channels.length === 1 && !rest.kernels && { known: knownOf(channels[0]) }),
    sink: { write: (block) => written.push(block) },
    ...rest,
  })
  const joined = channels.map((_, channel) => Float32Array.from(written.flatMap((block) => Array.from(block[channel]))))
  return { channels: joined, outcome }
}

const greatestGap = (a: Float32Array, b: Float32Array) =>
  a.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - b[index])), 0)

test('a region of any place and length gives exactly its samples', () => {
  const region = fc
    .tuple(fc.integer({ min: 0, max: voice.length - 1 }), fc.integer({ min: 1, max: voice.length }))
    .map(([start, duration]) => ({ start, duration: Math.min(duration, voice.length - start) }))
  fc.assert(
    fc.property(region, fc.constantFrom(0, 3), ({ start, duration }, semitones) => {
      const { channels } = convert([voice], { startSamples: start, durationSamples: duration, semitones })
      expect(channels[0].length).toBe(duration)
      expect(channels[0].every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 6 },
  )
})

test('the length holds at a rate that is resampled for analysis', () => {
  const high = sungSource(44_100, 0.7)
  const { channels } = convert([high], { semitones: 2 }, 44_100)
  expect(channels[0].length).toBe(high.length)
})

test('a request that changes nothing gives the source bit for bit', () => {
  const { channels, outcome } = convert([voice], { strength: 0 })
  expect(outcome.isUnchanged).toBe(true)
  expect(channels[0]).toEqual(voice)
})

test('an emotion of intensity 0 changes no bit of a conversion', () => {
  const without = convert([voice])
  const withEmotion = convert([voice], { emotion: angry, intensity: 0 })
  expect(withEmotion.channels).toEqual(without.channels)
})

test('an emotion is heard, and more so with more intensity', () => {
  const plain = convert([voice], { semitones: 1, strength: 0 }).channels[0]
  const distance = (intensity: number) => {
    const { channels } = convert([voice], { semitones: 1, strength: 0, emotion: angry, intensity })
    return channels[0].reduce((sum, value, index) => sum + (value - plain[index]) ** 2, 0)
  }
  const some = distance(0.2)
  expect(some).toBeGreaterThan(0)
  expect(distance(1)).toBeGreaterThan(some)
})

test('silence stays exactly silent, and silence before a voice too', () => {
  const silent = convert([new Float32Array(30_000)], { semitones: 5 }).channels[0]
  expect(silent.length).toBe(30_000)
  expect(silent.every((value) => value === 0)).toBe(true)
  const late = new Float32Array(voice.length + 24_000)
  late.set(voice, 24_000)
  const converted = convert([late], { semitones: 5 }).channels[0]
  expect(converted.subarray(0, 24_000).every((value) => value === 0)).toBe(true)
})

test('a whisper or noise without any pitch is converted without transposition', () => {
  const random = createRandom(4)
  const noise = Float32Array.from({ length: 24_000 }, () => 1e-3 * random.normal())
  const { channels, outcome } = convert([noise], { semitones: 7 })
  expect(channels[0].length).toBe(noise.length)
  expect(channels[0].every(Number.isFinite)).toBe(true)
  expect(outcome.isUnchanged).toBe(false)
  expect(outcome.semitones).toBe(0)
})

test('a sample that is no number fails with its code', () => {
  const broken = voice.slice()
  broken[5000] = Infinity
  try {
    convert([broken])
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(FailureError)
    expect((error as FailureError).failure.code).toBe('audio-not-finite')
  }
})

test('cut into windows a conversion equals the whole to 1e-4', () => {
  const long = new Float32Array(3 * voice.length)
  for (let copy = 0; copy < 3; copy++) long.set(voice, copy * voice.length)
  const whole = convert([long]).channels[0]
  const cut = convert([long], { windowLengths: { shortestSec: 0.8, longestSec: 1.1 } }).channels[0]
  expect(greatestGap(whole, cut)).toBeLessThan(1e-4)
})

test.each([-12, 5, 12])('cut into windows a voice moved by %i semitones equals the whole to 1e-4', (semitones) => {
  const long = new Float32Array(3 * voice.length)
  for (let copy = 0; copy < 3; copy++) long.set(voice, copy * voice.length)
  const request = { semitones, strength: 0 }
  const whole = convert([long], request).channels[0]
  const cut = convert([long], { ...request, windowLengths: { shortestSec: 0.8, longestSec: 1.1 } }).channels[0]
  expect(greatestGap(whole, cut)).toBeLessThan(1e-4)
})

test('with the compiled filter and transposition a conversion is the plain one to 1e-6', async () => {
  const inPart = createKernels({
    'differential-filter': await compiledKernel('differential-filter'),
    transposition: await compiledKernel('transposition'),
  })
  for (const semitones of [-12, 3]) {
    const channels = [voice, voice.map((value) => value / 3)]
    const plain = convert(channels, { semitones, kernels: plainKernels }).channels
    const compiled = convert(channels, { semitones, kernels: inPart }).channels
    compiled.forEach((channel, index) => expect(greatestGap(channel, plain[index])).toBeLessThan(1e-6))
  }
})

test('what is converted keeps pitch, level and time of its source', () => {
  const { channels, outcome } = convert([voice], { semitones: 4, strength: 0.1 })
  const comparison = compareToSource({
    source: sourceOf([voice], RATE_HZ),
    startSamples: 0,
    durationSamples: voice.length,
    render: sourceOf(channels, RATE_HZ),
    outcome,
    resample: sincResample,
    progress: silentProgress,
  })
  expect(outcome.semitones).toBe(4)
  expect(comparison.medianPitchErrorCents).toBeLessThan(6)
  expect(comparison.voicingDisagreement).toBeLessThan(0.1)
  expect(Math.abs(comparison.levelChangeDb)).toBeLessThan(1)
  expect(Math.abs(comparison.timingOffsetSamples)).toBeLessThan(0.002 * RATE_HZ)
})

test('automatic transposition brings a high voice to a low singer by whole octaves', () => {
  const { outcome } = convert([sungSource(RATE_HZ, 1, 300)], {
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'auto' },
      strength: 0,
    },
  } as Partial<ConversionInput>)
  expect(outcome.semitones).toBe(-12)
})

test('equal channels stay equal, and a silent channel stays silent', () => {
  const { channels } = convert([voice, voice], { semitones: 3 })
  expect(channels[1]).toEqual(channels[0])
  const oneSided = convert([voice, new Float32Array(voice.length)], { semitones: 3 }).channels
  expect(oneSided[1].every((value) => value === 0)).toBe(true)
})

test('sound is kept under the ceiling without being cut off', () => {
  const loud = voice.map((value) => value * 1.95)
  const { channels } = convert([loud])
  expect(channels[0].reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)).toBeLessThanOrEqual(0.9800001)
})

test('a cancelled conversion stops', () => {
  expect(() => convert([voice], { progress: { report: () => {}, isCancelled: true } })).toThrow(CancelledError)
})
