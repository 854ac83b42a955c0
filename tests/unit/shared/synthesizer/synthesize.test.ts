import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  exerciseScore,
  makeSingerClips,
  parseScore,
  PEAK,
  synthesize,
  transposeScore,
  voices,
} from '../../../../src/shared/synthesizer/index.ts'
import { midiToHz } from '../../../../src/shared/units/pitch.ts'

const RATE_HZ = 24_000
const longNote = (midiName: string, syllable: string) => parseScore([`${midiName}:4:${syllable}`], 120)

/** Pitch near `expectedHz` at one place by the highest normalized correlation, refined by a parabola. */
function measureHz(samples: Float32Array, atSec: number, expectedHz: number): number {
  const start = Math.round(atSec * RATE_HZ)
  const width = Math.round(0.04 * RATE_HZ)
  const correlation = (lag: number) => {
    let [cross, left, right] = [0, 0, 0]
    for (let index = start; index < start + width; index++) {
      cross += samples[index] * samples[index + lag]
      left += samples[index] ** 2
      right += samples[index + lag] ** 2
    }
    return cross / Math.sqrt(left * right)
  }
  const center = RATE_HZ / expectedHz
  let best = Math.round(0.9 * center)
  for (let lag = best; lag <= 1.1 * center; lag++) if (correlation(lag) > correlation(best)) best = lag
  const [before, peak, after] = [correlation(best - 1), correlation(best), correlation(best + 1)]
  return RATE_HZ / (best + (0.5 * (before - after)) / (before - 2 * peak + after))
}

test('the same score, voice, rate and seed give the same samples; another seed gives others', () => {
  const score = exerciseScore(4, createRandom(3))
  const first = synthesize(score, voices.lead, RATE_HZ, 5)
  expect(synthesize(score, voices.lead, RATE_HZ, 5).samples).toEqual(first.samples)
  expect(synthesize(score, voices.lead, RATE_HZ, 6).samples).not.toEqual(first.samples)
})

test('the sound has the pitch that it says it has', () => {
  for (const [voice, note] of [
    [voices.low, 'A2'],
    [voices.lead, 'C4'],
    [voices.high, 'G4'],
  ] as const) {
    const { samples, f0Hz } = synthesize(longNote(note, 'la'), voice, RATE_HZ, 1)
    const errors = Array.from({ length: 60 }, (_, index) => {
      const startSec = 0.5 + 0.02 * index
      const trueHz = f0Hz[Math.round((startSec + 0.02) / 0.005)]
      return 1200 * Math.log2(measureHz(samples, startSec, trueHz) / trueHz)
    }).sort((a, b) => a - b)
    expect(Math.abs(errors[30])).toBeLessThan(3)
    expect(errors[50] - errors[10]).toBeLessThan(20)
  }
})

test('a held note stays around its written pitch and moves with vibrato', () => {
  const { f0Hz } = synthesize(longNote('A3', 'a'), voices.lead, RATE_HZ, 2)
  const cents = [...f0Hz.subarray(160, 340)].map((hz) => 1200 * Math.log2(hz / midiToHz(57)))
  expect(Math.abs(cents.reduce((sum, value) => sum + value, 0) / cents.length)).toBeLessThan(15)
  expect(Math.max(...cents) - Math.min(...cents)).toBeGreaterThan(40)
})

test('every clip of every voice is finite, as long as asked, reaches its peak and no more', () => {
  for (const voice of Object.values(voices)) {
    const [clip] = makeSingerClips(voice, 1, 16_000, 11)
    expect(clip.samples).toHaveLength(12 * 16_000)
    expect(clip.samples.every(Number.isFinite)).toBe(true)
    expect(clip.samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeCloseTo(PEAK, 5)
    const voicedShare = clip.isVoiced.reduce((sum, value) => sum + value, 0) / clip.isVoiced.length
    expect(voicedShare).toBeGreaterThan(0.45)
    expect(voicedShare).toBeLessThan(0.9)
  }
})

test('rests are silent, and pitch is named only where the folds sound', () => {
  const score = parseScore(['-:2:- A3:2:sa -:4:-'.replaceAll(':-', '')], 120)
  const { samples, f0Hz, isVoiced } = synthesize(score, voices.lead, RATE_HZ, 1)
  const tail = samples.subarray(Math.round(3 * RATE_HZ))
  expect(tail.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(1e-3)
  f0Hz.forEach((hz, frame) => expect(hz > 0).toBe(isVoiced[frame] === 1))
})

test('an s is noise above 4 kHz, a vowel is not', () => {
  const { samples } = synthesize(parseScore(['-:2 A3:2:sa'], 120), voices.lead, RATE_HZ, 1)
  const highShare = (fromSec: number, toSec: number) => {
    let [high, all] = [0, 0]
    for (let index = Math.round(fromSec * RATE_HZ); index < toSec * RATE_HZ; index++) {
      high += (samples[index] - samples[index - 1]) ** 2 // a difference is a high-pass: 2 at Nyquist, near 0 below 1 kHz
      all += samples[index] ** 2
    }
    return high / all
  }
  expect(highShare(0.92, 0.98)).toBeGreaterThan(1)
  expect(highShare(1.1, 1.5)).toBeLessThan(0.3)
})

test('two voices differ in their spectra on the same written note', () => {
  const bands = (name: 'low' | 'high') => {
    const { samples } = synthesize(longNote('A3', 'a'), voices[name], RATE_HZ, 1)
    return [600, 900, 1200, 1600, 2600, 3000, 3600].map((hz) => 10 * Math.log10(power(samples, hz)))
  }
  const [low, high] = [bands('low'), bands('high')]
  const differences = low.map((level, index) => level - high[index])
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  expect(Math.max(...differences.map((value) => Math.abs(value - mean)))).toBeGreaterThan(6)
})

/** Power around a frequency over a second of the note, by demodulation with a window 200 Hz wide. */
function power(samples: Float32Array, centerHz: number): number {
  let sum = 0
  for (let start = 12_000; start < 36_000; start += 120) {
    let [re, im] = [0, 0]
    for (let index = 0; index < 240; index++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / 240)
      const angle = (2 * Math.PI * centerHz * index) / RATE_HZ
      re += window * samples[start + index] * Math.cos(angle)
      im += window * samples[start + index] * Math.sin(angle)
    }
    sum += re * re + im * im
  }
  return sum
}

test('transposing a score moves the true pitch by just that', () => {
  fc.assert(
    fc.property(fc.integer({ min: -12, max: 12 }), (semitones) => {
      const score = longNote('A3', 'o')
      const plain = synthesize(score, voices.lead, 16_000, 1).f0Hz
      const moved = synthesize(transposeScore(score, semitones), voices.lead, 16_000, 1).f0Hz
      expect(moved[200] / plain[200]).toBeCloseTo(2 ** (semitones / 12), 4)
    }),
    { numRuns: 5 },
  )
})
