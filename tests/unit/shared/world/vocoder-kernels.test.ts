import { describe, expect, test } from 'vitest'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createEnvelopeKernel } from '../../../../src/shared/kernels/cheaptrick.ts'
import { createAperiodicityKernel } from '../../../../src/shared/kernels/d4c.ts'
import { createSynthesisKernel } from '../../../../src/shared/kernels/synthesis.ts'
import {
  aperiodicityBandCount,
  cheapTrick,
  d4c,
  envelopeFftSize,
  lowBandShares,
  spectrogramRow,
  synthesize,
} from '../../../../src/shared/world/index.ts'
import {
  everyNth,
  goldenAt,
  goldenRates,
  largestDifference,
  largestRelativeDifference,
  signalOf,
} from './golden-signal.ts'
import { voiceAt } from './voice.ts'

const [envelopes, aperiodicity, synthesis] = await Promise.all([
  compiledKernel('cheaptrick').then(createEnvelopeKernel),
  compiledKernel('d4c').then(createAperiodicityKernel),
  compiledKernel('synthesis').then(createSynthesisKernel),
])

describe.each(goldenRates)('the kernels at %s Hz', (rate) => {
  const fs = Number(rate)
  const x = signalOf(rate)
  const golden = goldenAt(rate)
  const envelope = cheapTrick(x, fs, golden.f0, {}, envelopes)
  const breath = d4c(x, fs, golden.f0, {}, aperiodicity)
  const row = (frame: number, of: typeof envelope) => everyNth(spectrogramRow(of, frame), 4)

  test('give the reference envelopes', () => {
    expect(largestRelativeDifference(row(50, envelope), golden.sp50)).toBeLessThan(1e-6)
    expect(largestRelativeDifference(row(100, envelope), golden.sp100)).toBeLessThan(1e-6)
  })

  test('give the reference aperiodicity', () => {
    expect(largestDifference(row(50, breath), golden.ap50)).toBeLessThan(1e-4)
    expect(largestDifference(row(100, breath), golden.ap100)).toBeLessThan(1e-4)
  })

  test('give the reference sound', () => {
    const sound = synthesize(golden.f0, envelope, breath, fs, {}, synthesis)
    expect(largestDifference(everyNth(sound, 37), golden.synth_every37)).toBeLessThan(1e-6)
  })
})

/** Rate, size of the envelope's transform and number of aperiodicity bands. */
const rates = [
  [16000, 1024, 1],
  [22050, 1024, 2],
  [24000, 1024, 3],
  [32000, 2048, 4],
  [44100, 2048, 5],
  [48000, 2048, 5],
  [96000, 4096, 5],
] as const

describe.each(rates)('a voice at %i Hz', (fs, fftSize, bandCount) => {
  const { x, f0 } = voiceAt(fs, 0.4)
  const envelope = cheapTrick(x, fs, f0)
  const breath = d4c(x, fs, f0, { threshold: 0.25 })

  test('is analyzed in the published transform size and number of bands', () => {
    expect(envelopeFftSize(fs)).toBe(fftSize)
    expect(aperiodicityBandCount(fs)).toBe(bandCount)
    expect([envelope.binCount, breath.binCount]).toEqual([fftSize / 2 + 1, fftSize / 2 + 1])
  })

  test('has the envelopes of the plain twin', () => {
    const found = cheapTrick(x, fs, f0, {}, envelopes)
    expect(largestRelativeDifference(found.values, envelope.values)).toBeLessThan(1e-9)
  })

  test('has the low-band shares and the aperiodicity of the plain twin', () => {
    const shares = lowBandShares(x, fs, f0)
    expect(largestDifference(lowBandShares(x, fs, f0, {}, aperiodicity), shares)).toBeLessThan(1e-12)
    expect(shares.every((share, frame) => (f0[frame] === 0 ? share === 0 : share > 0.25))).toBe(true)
    const found = d4c(x, fs, f0, { threshold: 0.25 }, aperiodicity)
    expect(largestRelativeDifference(found.values, breath.values)).toBeLessThan(1e-9)
  })

  test('is synthesized as by the plain twin', () => {
    const plain = synthesize(f0, envelope, breath, fs)
    expect(largestDifference(synthesize(f0, envelope, breath, fs, {}, synthesis), plain)).toBeLessThan(1e-11)
  })
})

test('a deep voice, whose windows nearly fill the transform, is analyzed alike', () => {
  const fs = 24000
  const { x, f0 } = voiceAt(fs, 0.4, 75)
  const low = cheapTrick(x, fs, f0)
  expect(largestRelativeDifference(cheapTrick(x, fs, f0, {}, envelopes).values, low.values)).toBeLessThan(1e-9)
  const breath = d4c(x, fs, f0, { threshold: 0.25 })
  const found = d4c(x, fs, f0, { threshold: 0.25 }, aperiodicity)
  expect(largestRelativeDifference(found.values, breath.values)).toBeLessThan(1e-9)
})

test('calls at other rates and sizes in between leave no trace', () => {
  const { x, f0 } = voiceAt(16000, 0.2)
  const first = cheapTrick(x, 16000, f0, {}, envelopes)
  const breath = d4c(x, 16000, f0, {}, aperiodicity)
  const other = voiceAt(48000, 0.2)
  const sound = synthesize(f0, first, breath, 16000, {}, synthesis)
  const otherEnvelope = cheapTrick(other.x, 48000, other.f0, {}, envelopes)
  synthesize(other.f0, otherEnvelope, d4c(other.x, 48000, other.f0, {}, aperiodicity), 48000, {}, synthesis)
  expect(cheapTrick(x, 16000, f0, { fftSize: 2048 }, envelopes).binCount).toBe(1025)
  expect(cheapTrick(x, 16000, f0, {}, envelopes).values).toEqual(first.values)
  expect(d4c(x, 16000, f0, {}, aperiodicity).values).toEqual(breath.values)
  expect(synthesize(f0, first, breath, 16000, {}, synthesis)).toEqual(sound)
})
