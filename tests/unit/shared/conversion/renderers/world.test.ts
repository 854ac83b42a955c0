import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { convertRegion, type ConversionInput } from '../../../../../src/shared/conversion/convert.ts'
import type { PreparedSinger } from '../../../../../src/shared/conversion/prepared-singer.ts'
import { createWorldRenderer, worldRenderer } from '../../../../../src/shared/conversion/renderers/world.ts'
import { compareToSource } from '../../../../../src/shared/conversion/report.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { compiledKernels } from '../../../../support/compiled-kernel.ts'
import { sungSource, untrainedSinger } from '../../../../support/singers.ts'
import { sincResample } from '../../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const voice = sungSource(RATE_HZ, 0.6)
const kernels = await compiledKernels()
let singer: PreparedSinger
beforeAll(() => {
  singer = untrainedSinger()
})

function convert(
  channels: readonly Float32Array[],
  { semitones = 0, strength = 1, ...rest }: Partial<ConversionInput> & { semitones?: number; strength?: number } = {},
  rateHz = RATE_HZ,
) {
  const written: Float32Array[][] = []
  const source = sourceOf(channels, rateHz)
  const outcome = convertRegion({
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    singer,
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'semitones', semitones },
      strength,
    },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    renderer: worldRenderer,
    sink: { write: (block) => written.push(block) },
    ...rest,
  })
  const joined = channels.map((_, channel) => Float32Array.from(written.flatMap((block) => Array.from(block[channel]))))
  return { channels: joined, outcome }
}

test('a region of any place and length gives exactly its samples', () => {
  const region = fc
    .tuple(fc.integer({ min: 0, max: voice.length - 1 }), fc.integer({ min: 1, max: voice.length }))
    .map(([start, duration]) => ({ start, duration: Math.min(duration, voice.length - start) }))
  fc.assert(
    fc.property(region, ({ start, duration }) => {
      const { channels } = convert([voice], { startSamples: start, durationSamples: duration, semitones: 3 })
      expect(channels[0].length).toBe(duration)
      expect(channels[0].every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 2 },
  )
})

test('a voice is sung at the pitch that was asked for, as loud and as timely as it was', () => {
  const { channels, outcome } = convert([voice], { semitones: 4, strength: 0 })
  const comparison = compareToSource({
    source: sourceOf([voice], RATE_HZ),
    startSamples: 0,
    durationSamples: voice.length,
    render: sourceOf(channels, RATE_HZ),
    outcome,
    resample: sincResample,
    progress: silentProgress,
  })
  expect(comparison.medianPitchErrorCents).toBeLessThan(6)
  expect(Math.abs(comparison.levelChangeDb)).toBeLessThan(0.5)
  expect(Math.abs(comparison.timingOffsetSamples)).toBeLessThan(0.002 * RATE_HZ)
})

test('in whichever pieces it is sung, the sound is the same to 1e-6', () => {
  const cut = (pieceSec: number) => convert([voice], { semitones: 2, renderer: createWorldRenderer(pieceSec) }).channels
  const [whole] = cut(10)
  const [pieces] = cut(0.13)
  expect(pieces.length).toBe(whole.length)
  whole.forEach((value, index) => {
    if (!(Math.abs(value - pieces[index]) < 1e-6)) expect.fail(`${pieces[index]} is not ${value} at ${index}`)
  })
})

test('a request that changes nothing gives the source bit for bit', () => {
  const { channels, outcome } = convert([voice], { strength: 0 })
  expect(outcome.isUnchanged).toBe(true)
  expect(channels[0]).toEqual(voice)
})

test('silence stays silent, before a voice and beside one, and equal channels stay equal', () => {
  const late = new Float32Array(voice.length + 6000)
  late.set(voice, 6000)
  const [left, right, silent] = convert([late, late, new Float32Array(late.length)], { semitones: 5 }).channels
  expect(left.subarray(0, 6000).every((value) => value === 0)).toBe(true)
  expect(left.some((value) => Math.abs(value) > 0.01)).toBe(true)
  expect(right).toEqual(left)
  expect(silent.every((value) => value === 0)).toBe(true)
})

test('noise without any pitch is sung as noise, at a rate that is resampled for analysis', () => {
  const random = createRandom(4)
  const noise = Float32Array.from({ length: 14_000 }, () => 1e-3 * random.normal())
  const { channels, outcome } = convert([noise], { semitones: 7 }, 44_100)
  expect(outcome.semitones).toBe(0)
  const powerOf = (x: Float32Array) => x.reduce((sum, value) => sum + value * value, 0)
  expect(Math.abs(10 * Math.log10(powerOf(channels[0]) / powerOf(noise)))).toBeLessThan(1)
})
