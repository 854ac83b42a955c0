import { beforeAll, describe, expect, test } from 'vitest'
import type { SingerId } from '../../../../src/shared/base/id.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzeClip } from '../../../../src/shared/conversion/clip-features.ts'
import { convertRegion, type ConversionInput } from '../../../../src/shared/conversion/convert.ts'
import { noStatistics } from '../../../../src/shared/conversion/emotions/definition.ts'
import { preparedStatistics } from '../../../../src/shared/conversion/emotions/statistics.ts'
import { activeFrames, energies, shapes } from '../../../../src/shared/conversion/features.ts'
import { likenessWeights } from '../../../../src/shared/conversion/likeness.ts'
import type { PreparedSinger } from '../../../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import type { Kernels } from '../../../../src/shared/kernels/kernels.ts'
import type { Curve } from '../../../../src/shared/project/curve.ts'
import { defaultPerformance, noCurves, type Performance } from '../../../../src/shared/project/performance.ts'
import { compiledKernels } from '../../../support/compiled-kernel.ts'
import { knownOf } from '../../../support/known-sounds.ts'
import { sungSource, untrainedSinger } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const voice = sungSource(RATE_HZ, 1)
const [first, second] = ['1', '2'].map((id) => id as SingerId) // ids that only this test reads
let low: PreparedSinger
let high: PreparedSinger
let kernels: Kernels
beforeAll(async () => {
  kernels = await compiledKernels()
  low = untrainedSinger()
  high = untrainedSinger(190, 12)
})

const angryStatistics = {
  ...noStatistics('angry'),
  pitchOffsetOctaves: 0.3,
  pitchSpreadLogRatio: 0.4,
  shapeOffset: Float32Array.from({ length: 64 }, (_, band) => (band - 32) / 40),
  energySpreadLogRatio: 0.2,
}
const angry = preparedStatistics(angryStatistics)

const atPitch: Partial<Performance> = { transposition: { kind: 'semitones', semitones: 0 } }

function convert(changes: Partial<Performance>, input: Partial<ConversionInput> = {}, x = voice) {
  const written: Float32Array[] = []
  const source = sourceOf([x], RATE_HZ)
  const outcome = convertRegion({
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    singer: low,
    performance: { ...defaultPerformance(first), ...atPitch, ...changes },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    known: knownOf(x),
    sink: { write: ([channel]) => written.push(channel) },
    ...input,
  })
  return { sound: Float32Array.from(written.flatMap((block) => Array.from(block))), outcome }
}

const curveOf = (...points: (readonly [sec: number, value: number])[]): Curve =>
  points.map(([sec, value]) => ({ atSamples: Math.round(sec * RATE_HZ), value }))
const withBlend = (weight: number, curve: Curve | null = null): Partial<Performance> => ({
  blend: [{ singerId: second, weight, curve }],
})
const greatestGap = (a: Float32Array, b: Float32Array) =>
  a.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - b[index])), 0)
const rms = (x: Float32Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length)
const difference = (a: Float32Array, b: Float32Array) => a.map((value, index) => value - b[index])

describe('curves', () => {
  test('a curve that stays at a value gives the bits of the constant', () => {
    const emotion = (intensity: number) => ({ emotionId: 'angry', intensity })
    const pairs: (readonly [Partial<Performance>, Partial<Performance>])[] = [
      [
        { emotion: emotion(1.2), delivery: 'spoken' },
        { emotion: emotion(0), delivery: 'spoken', curves: { ...noCurves, intensity: curveOf([0.3, 1.2]) } },
      ],
      [
        { transposition: { kind: 'semitones', semitones: 3 } },
        { curves: { ...noCurves, transposition: curveOf([0, 3], [0.5, 3]) } },
      ],
      [{ formantSemitones: -4 }, { formantSemitones: 2, curves: { ...noCurves, formant: curveOf([0.7, -4]) } }],
    ]
    for (const [constant, drawn] of pairs)
      expect(convert(drawn, { emotion: angry }).sound).toEqual(convert(constant, { emotion: angry }).sound)
  })

  test('curves at zero change no bit', () => {
    const zero = curveOf([0, 0], [0.4, 0])
    const drawn = convert({ curves: { intensity: zero, transposition: zero, formant: zero } }, { emotion: angry })
    expect(drawn.sound).toEqual(convert({}).sound)
    expect(convert({ strength: 0, curves: { ...noCurves, formant: zero } }).outcome.isUnchanged).toBe(true)
  })

  test('the pitch follows the transposition’s curve, at positions of the source, wherever the region begins', () => {
    const curves = { ...noCurves, transposition: curveOf([0.2, 0], [0.8, 6]) }
    for (const startSamples of [0, 4801, 7200]) {
      const { outcome } = convert(
        { strength: 0, curves },
        { startSamples, durationSamples: voice.length - startSamples },
      )
      const { sourceF0, expectedF0 } = outcome
      if (!sourceF0 || !expectedF0) throw new Error('the voice has a pitch')
      sourceF0.forEach((hz, frame) => {
        const sec = startSamples / RATE_HZ + frame / 200
        const semitones = Math.min(Math.max((sec - 0.2) * 10, 0), 6)
        expect(expectedF0[frame]).toBeCloseTo(hz * 2 ** (semitones / 12), 2)
      })
    }
  })

  test('before a curve leaves zero the sound is the unchanged one’s, bit for bit', () => {
    const plain = convert({}).sound
    const moved = convert({ curves: { ...noCurves, formant: curveOf([0.5, 0], [0.6, 5]) } }).sound
    const untouched = Math.round(0.45 * RATE_HZ)
    expect(moved.subarray(0, untouched)).toEqual(plain.subarray(0, untouched))
    expect(rms(difference(moved, plain).subarray(0.7 * RATE_HZ))).toBeGreaterThan(0.01 * rms(plain))
  })

  test('a curve drawn a little differently sounds a little different', () => {
    const drawn = (by: number) =>
      convert({
        ...withBlend(0, curveOf([0, 0.1 + by], [0.9, 0.8 + by])),
        curves: { ...noCurves, formant: curveOf([0, -3 + by], [0.9, 3 + by]) },
        emotion: { emotionId: 'angry', intensity: 0.5 },
      }, { blendedSingers: [high], emotion: preparedStatistics({ ...angryStatistics, pitchSpreadLogRatio: 0 }) }).sound // prettier-ignore
    const plain = drawn(0)
    expect(rms(difference(drawn(1e-3), plain))).toBeLessThan(2e-3 * rms(plain))
  })

  test.each<readonly [string, Partial<Performance>]>([
    [
      'blend and formants',
      {
        blend: [{ singerId: second, weight: 0, curve: curveOf([0.5, 0], [2.5, 1]) }],
        curves: { ...noCurves, formant: curveOf([0, 2], [3, -2]) },
      },
    ],
    ['pitch', { strength: 0, curves: { ...noCurves, transposition: curveOf([0.2, -3], [2.8, 4]) } }],
  ])('cut into windows a performance whose %s is drawn equals the whole to 1e-4', (_, drawn) => {
    const long = new Float32Array(3 * voice.length)
    for (let copy = 0; copy < 3; copy++) long.set(voice, copy * voice.length)
    const blendedSingers = drawn.blend ? [high] : []
    const whole = convert(drawn, { blendedSingers }, long).sound
    const windowLengths = { shortestSec: 0.8, longestSec: 1.1 }
    const cut = convert(drawn, { blendedSingers, windowLengths }, long).sound
    expect(greatestGap(whole, cut)).toBeLessThan(1e-4)
  })
})

describe('blend', () => {
  const blended = () => ({ blendedSingers: [high] })

  test('weight 1 gives the single singer bit for bit, weight 0 the other', () => {
    const other = convert({}, { singer: high }).sound
    expect(convert(withBlend(1), blended()).sound).toEqual(other)
    expect(convert(withBlend(0, curveOf([0, 1])), blended()).sound).toEqual(other)
    const own = convert({}).sound
    expect(convert(withBlend(0), blended()).sound).toEqual(own)
    expect(convert(withBlend(1, curveOf([0.4, 0])), blended()).sound).toEqual(own)
  })

  test('where a curve gives all to one, the sound is that singer’s bit for bit', () => {
    const sound = convert(withBlend(0, curveOf([0.4, 0], [0.6, 1])), blended()).sound
    const [start, end] = [0.35 * RATE_HZ, 0.65 * RATE_HZ]
    expect(sound.subarray(0, start)).toEqual(convert({}).sound.subarray(0, start))
    expect(sound.subarray(end)).toEqual(convert({}, { singer: high }).sound.subarray(end))
  })

  test('two of the same singer are that singer', () => {
    const { sound } = convert(withBlend(0.4), { blendedSingers: [low] })
    expect(greatestGap(sound, convert({}).sound)).toBeLessThan(1e-6)
  })

  test('weights that pass 1 together are scaled to it', () => {
    const part = (weight: number) => ({ singerId: second, weight, curve: null })
    const { sound } = convert({ blend: [part(1), part(1)] }, { blendedSingers: [low, high] })
    expect(sound).toEqual(convert({ blend: [part(0.5)] }, { blendedSingers: [high] }).sound)
  })

  test('along the way from one to the other, likeness to the one falls and to the other rises', () => {
    const measured = [0, 0.25, 0.5, 0.75, 1].map((weight) => shapesOf(convert(withBlend(weight), blended()).sound))
    const toFirst = measured.map((one) => distance(one, measured[0]))
    const toSecond = measured.map((one) => distance(one, measured[4]))
    for (let step = 1; step < measured.length; step++) {
      expect(toFirst[step]).toBeGreaterThan(toFirst[step - 1])
      expect(toSecond[step]).toBeLessThan(toSecond[step - 1])
    }
    expect(toFirst[4]).toBeGreaterThan(0.1)
  })

  test('automatic transposition goes to where the blend lies', () => {
    const auto: Partial<Performance> = { transposition: { kind: 'auto' }, strength: 0 }
    const veryHigh = { ...high, model: { ...high.model, medianLog2F0: low.model.medianLog2F0 + 2 } }
    const semitones = [0, 0.5, 1].map(
      (weight) => convert({ ...auto, ...withBlend(weight) }, { blendedSingers: [veryHigh] }).outcome.semitones,
    )
    expect(semitones[1] - semitones[0]).toBe(12)
    expect(semitones[2] - semitones[1]).toBe(12)
  })
})

describe('likeness', () => {
  test('goes in straight lines from the words to the person, through the balance', () => {
    expect([-1, 0, 1].map(likenessWeights)).toEqual([
      { residue: 0.5, picture: 0 },
      { residue: 0.7, picture: 0.3 },
      { residue: 0.7, picture: 0.7 },
    ])
    expect(likenessWeights(-0.5)).toEqual({ residue: expect.closeTo(0.6, 12), picture: expect.closeTo(0.15, 12) })
  })

  test('0 changes no bit, and a little of it a little', () => {
    const plain = convert({}).sound
    expect(convert({ likeness: 0 }).sound).toEqual(plain)
    const little = rms(difference(convert({ likeness: 0.01 }).sound, plain))
    const all = rms(difference(convert({ likeness: 1 }).sound, plain))
    expect(little).toBeGreaterThan(0)
    expect(little).toBeLessThan(0.1 * all)
  })
})

describe('delivery', () => {
  test('sung keeps the notes under an emotion, spoken moves them', () => {
    const meanCents = (delivery: Performance['delivery']) => {
      const { sourceF0, expectedF0 } = convert(
        { strength: 0, delivery, emotion: { emotionId: 'angry', intensity: 1 } },
        // Of speech 1.6 times as much is asked.
        { emotion: preparedStatistics({ ...angryStatistics, pitchSpreadLogRatio: 0.25 }) },
      ).outcome
      if (!sourceF0 || !expectedF0) throw new Error('the voice has a pitch')
      const cents = Array.from(sourceF0, (hz, frame) => (hz > 0 ? 1200 * Math.log2(expectedF0[frame] / hz) : NaN))
      const voiced = cents.filter((value) => !Number.isNaN(value))
      return voiced.reduce((sum, value) => sum + value, 0) / voiced.length
    }
    expect(Math.abs(meanCents('sung'))).toBeLessThan(30)
    expect(meanCents('spoken')).toBeCloseTo(0.7 * 360, -1)
  })
})

/** Shapes over the active frames of a sound at the test's rate. */
function shapesOf(x: Float32Array): Float64Array {
  const { lm } = analyzeClip(sourceOf([x], RATE_HZ), sincResample, silentProgress)
  const active = activeFrames(energies(lm))
  return shapes(lm).map((value, index) => (active[Math.floor(index / 64)] ? value : 0))
}
const distance = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, index) => sum + (value - b[index]) ** 2, 0) / a.length)
