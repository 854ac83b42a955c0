import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createEnvelopeKernel, type EstimateEnvelopes } from '../../../../src/shared/kernels/cheaptrick.ts'
import { createAperiodicityKernel, type AperiodicityEstimator } from '../../../../src/shared/kernels/d4c.ts'
import { createSynthesisKernel, type RenderPulses } from '../../../../src/shared/kernels/synthesis.ts'
import {
  cheapTrick,
  d4c,
  frameCount,
  lowBandShares,
  synthesize,
  synthesizedSampleCount,
  type Spectrogram,
} from '../../../../src/shared/world/index.ts'
import { largestDifference, largestRelativeDifference } from './golden-signal.ts'
import { voiceAt } from './voice.ts'

interface Vocoder {
  readonly envelopes: EstimateEnvelopes | undefined
  readonly aperiodicity: AperiodicityEstimator | undefined
  readonly synthesis: RenderPulses | undefined
}
const plain: Vocoder = { envelopes: undefined, aperiodicity: undefined, synthesis: undefined }
const compiled: Vocoder = {
  envelopes: createEnvelopeKernel(await compiledKernel('cheaptrick')),
  aperiodicity: createAperiodicityKernel(await compiledKernel('d4c')),
  synthesis: createSynthesisKernel(await compiledKernel('synthesis')),
}

const rows = ({ values, binCount }: Spectrogram, first: number, last: number) =>
  values.slice(first * binCount, (last + 1) * binCount)

/** What a person may feed in: any length from one sample on, and what breaks divisions and logarithms. */
const sounds = fc.record({
  kind: fc.constantFrom('silence', 'constant', 'impulse', 'noise', 'square', 'tone', 'faint'),
  length: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 81, max: 2500 })),
  level: fc.constantFrom(1e-6, 0.1, 1, 1000),
  seed: fc.integer({ min: 1, max: 1 << 30 }),
})
type Sound = typeof sounds extends fc.Arbitrary<infer Value> ? Value : never

function samplesOf({ kind, length, level, seed }: Sound): Float64Array {
  let random = seed
  const draw = () => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff
    return random / 0x40000000 - 1
  }
  const at: Record<Sound['kind'], (i: number) => number> = {
    silence: () => 0,
    constant: () => level,
    impulse: (i) => (i === seed % length ? level : 0),
    noise: () => level * draw(),
    square: (i) => (i % 73 < 36 ? level : -level),
    tone: (i) => level * Math.sin((i * (1 + (seed % 97))) / 40),
    faint: () => 1e-30 * draw(),
  }
  return Float64Array.from({ length }, (_, i) => at[kind](i))
}

const pitches = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 20, max: 2000, noNaN: true })), {
  minLength: 1,
  maxLength: 40,
})

/** The pitches in turn, one a frame. */
const pitchOf = (x: Float64Array, fs: number, values: readonly number[]) =>
  Float64Array.from({ length: frameCount(x.length, fs) }, (_, frame) => values[frame % values.length])

describe.each([
  ['plain twin', plain],
  ['kernel', compiled],
])('by the %s', (name, { envelopes, aperiodicity, synthesis }) => {
  const runs = name === 'kernel' ? 150 : 40

  test('any finite sound is analyzed and synthesized in finite numbers, whatever its pitch is said to be', () => {
    fc.assert(
      fc.property(sounds, pitches, fc.constantFrom(16000, 22050, 44100), (sound, values, fs) => {
        const x = samplesOf(sound)
        const f0 = pitchOf(x, fs, values)
        const envelope = cheapTrick(x, fs, f0, {}, envelopes)
        expect(envelope.values.every((power) => power > 0 && power < Infinity)).toBe(true)
        const breath = d4c(x, fs, f0, { threshold: 0 }, aperiodicity)
        expect(breath.values.every((ratio) => ratio >= 0 && ratio <= 1)).toBe(true)
        const back = synthesize(f0, envelope, breath, fs, {}, synthesis)
        expect(back).toHaveLength(synthesizedSampleCount(f0.length, fs))
        expect(back.every((value) => Number.isFinite(value))).toBe(true)
      }),
      { numRuns: runs },
    )
  })

  test('sound of any level has the envelope of its shape times the square of its level', () => {
    const { x, f0 } = voiceAt(22050, 0.3)
    const voiced = f0.findIndex((value) => value > 0) + 5
    const range = { firstFrame: voiced, lastFrame: voiced + 20 }
    const once = cheapTrick(x, 22050, f0, range, envelopes)
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1000, noNaN: true }), (gain) => {
        const louder = x.map((value) => gain * value)
        const found = cheapTrick(louder, 22050, f0, range, envelopes)
        // The added noise, 240 dB below full scale, does not grow with the level.
        const scaled = once.values.map((power) => gain * gain * power)
        expect(largestRelativeDifference(found.values, scaled)).toBeLessThan(1e-6)
      }),
      { numRuns: 20 },
    )
  })

  test('analysis and synthesis give back exactly the length, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12_000 }), fc.constantFrom(16000, 24000, 44100), (length, fs) => {
        const x = Float64Array.from({ length }, (_, i) => Math.sin(i / 17))
        const f0 = pitchOf(x, fs, [220])
        const envelope = cheapTrick(x, fs, f0, {}, envelopes)
        const breath = d4c(x, fs, f0, {}, aperiodicity)
        expect(synthesize(f0, envelope, breath, fs, { sampleCount: length }, synthesis)).toHaveLength(length)
      }),
      { numRuns: 10 },
    )
  })

  test('the analysis of any part of the frames is that of the whole, bit for bit', () => {
    const fs = 24000
    const { x, f0 } = voiceAt(fs, 0.4)
    const last = f0.length - 1
    const wholeEnvelope = cheapTrick(x, fs, f0, {}, envelopes)
    const shares = lowBandShares(x, fs, f0, {}, aperiodicity)
    const wholeBreath = d4c(x, fs, f0, { threshold: 0.25 }, aperiodicity)
    fc.assert(
      fc.property(fc.nat(last), fc.nat(last), (one, other) => {
        const range = { firstFrame: Math.min(one, other), lastFrame: Math.max(one, other) }
        const { firstFrame, lastFrame } = range
        const envelope = cheapTrick(x, fs, f0, range, envelopes)
        expect(envelope.values).toEqual(rows(wholeEnvelope, firstFrame, lastFrame))
        const someShares = lowBandShares(x, fs, f0, range, aperiodicity)
        expect(someShares).toEqual(shares.slice(firstFrame, lastFrame + 1))
        const breath = d4c(x, fs, f0, { ...range, threshold: 0.25, lowBandShares: shares }, aperiodicity)
        expect(breath.values).toEqual(rows(wholeBreath, firstFrame, lastFrame))
      }),
      { numRuns: 15 },
    )
  })

  test('a sound delayed by whole frames has the delayed analysis', () => {
    const fs = 16000
    const { x, f0 } = voiceAt(fs, 0.4)
    const delayFrames = 13
    const delayed = new Float64Array(x.length + delayFrames * 0.005 * fs)
    delayed.set(x, delayFrames * 0.005 * fs)
    const laterF0 = new Float64Array(f0.length + delayFrames)
    laterF0.set(f0, delayFrames)
    const envelope = cheapTrick(x, fs, f0, {}, envelopes)
    const later = cheapTrick(delayed, fs, laterF0, {}, envelopes)
    const inside = [20, f0.length - 20] as const
    const found = rows(later, inside[0] + delayFrames, inside[1] + delayFrames)
    // Other noise is added to the same frame, 240 dB below full scale.
    expect(largestRelativeDifference(found, rows(envelope, ...inside))).toBeLessThan(1e-6)
    const breath = rows(d4c(x, fs, f0, {}, aperiodicity), ...inside)
    const laterBreath = d4c(delayed, fs, laterF0, {}, aperiodicity)
    // D4C adds noise of 1e-6, 100 dB below this voice's breath.
    expect(largestDifference(rows(laterBreath, inside[0] + delayFrames, inside[1] + delayFrames), breath)).toBeLessThan(
      1e-3,
    )
  })
})

test('what the kernels find in any sound is what their twins find', () => {
  fc.assert(
    fc.property(sounds, pitches, fc.constantFrom(16000, 44100), (sound, values, fs) => {
      const x = samplesOf(sound)
      const f0 = pitchOf(x, fs, values)
      const envelope = cheapTrick(x, fs, f0)
      const found = cheapTrick(x, fs, f0, {}, compiled.envelopes)
      // Beside what is loudest, an f64 keeps 1e-15 of an amplitude: what is below it is rounding in both, and the
      // smoothing of the logarithm carries a little of it to louder neighbors.
      const peak = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const rounding = 1e-14 * peak
      envelope.values.forEach((power, i) => {
        const allowed = 1e-6 * power + 2 * rounding * Math.sqrt(power) + rounding * rounding
        expect(Math.abs(found.values[i] - power)).toBeLessThanOrEqual(allowed)
      })
    }),
    { numRuns: 40 },
  )
})

describe('refused is', () => {
  const codeOf = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      if (error instanceof FailureError) return error.failure.code
      throw error
    }
    return 'none'
  }
  const f0 = new Float64Array(3)

  test.each([
    ['a rate under 8 kHz', 'audio-rate-low', new Float64Array(80), 7999],
    ['a rate that is no number', 'audio-rate-low', new Float64Array(80), NaN],
    ['no sound at all', 'audio-empty', new Float64Array(0), 16000],
    ['a sample that is no number', 'audio-not-finite', Float64Array.of(0, NaN, 0), 16000],
    ['an infinite sample', 'audio-not-finite', Float64Array.of(0, 0, -Infinity), 16000],
  ])('%s, with its code', (_, code, x, fs) => {
    expect(codeOf(() => cheapTrick(x, fs, f0))).toBe(code)
    expect(codeOf(() => d4c(x, fs, f0))).toBe(code)
    expect(codeOf(() => lowBandShares(x, fs, f0))).toBe(code)
  })

  test('aperiodicity of a rate that lacks the band it is measured in', () => {
    expect(codeOf(() => d4c(new Float64Array(80), 12000, f0))).toBe('audio-rate-low')
    expect(codeOf(() => cheapTrick(new Float64Array(80), 12000, f0))).toBe('none')
  })

  test('a pitch that is none', () => {
    const x = new Float64Array(80)
    for (const wrong of [NaN, -1, 8000, Infinity]) {
      expect(() => cheapTrick(x, 16000, Float64Array.of(0, wrong, 0))).toThrow('the pitch of frame 1')
      expect(() => d4c(x, 16000, Float64Array.of(0, wrong, 0))).toThrow('the pitch of frame 1')
    }
  })
})
