import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { defaultPitchTracker, pitchTrackerById, pitchTrackers } from '../../../../src/shared/pitch/index.ts'
import { frameCount } from '../../../../src/shared/world/index.ts'

const fs = 16_000
const cents = (a: number, b: number) => Math.abs(1200 * Math.log2(a / b))

/** Harmonics that fall by 6 dB per octave, up to 5 kHz. */
const tone = (hz: number, seconds: number, rate = fs): Float64Array =>
  Float64Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    let sum = 0
    for (let h = 1; h <= 20 && h * hz < 5000; h++) sum += Math.cos((2 * Math.PI * h * hz * i) / rate) / h
    return 0.1 * sum
  })
const noise = (length: number, seed: number, gain = 1): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length }, () => gain * random.normal())
}

test('every tracker is found by its id, and the default is one of them', () => {
  for (const tracker of pitchTrackers) expect(pitchTrackerById(tracker.id)).toBe(tracker)
  expect(pitchTrackers).toContain(defaultPitchTracker)
  expect(pitchTrackerById('none')).toBeUndefined()
})

describe.each(pitchTrackers.map((tracker) => [tracker.label, tracker] as const))('%s', (_label, tracker) => {
  test('finds a tone of any pitch that is sung', () => {
    const pitch = fc.double({ min: Math.log2(65), max: Math.log2(1000), noNaN: true }).map((octave) => 2 ** octave)
    fc.assert(
      fc.property(pitch, (hz) => {
        const middle = tracker.track(tone(hz, 0.4), fs).f0Hz.slice(20, -20)
        for (const found of middle) expect(cents(found, hz)).toBeLessThan(20)
      }),
      { numRuns: 10 },
    )
  })

  test('gives one value and one confidence a frame, whatever finite sound it hears', () => {
    const sound = fc.oneof(
      fc.integer({ min: 1, max: 4000 }).map((length) => new Float64Array(length)),
      fc.integer({ min: 1, max: 4000 }).map((length) => new Float64Array(length).fill(0.7)),
      fc
        .integer({ min: 1, max: 4000 })
        .map((length) => new Float64Array(length).fill(1, length >> 1, (length >> 1) + 1)),
      fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.nat(99)).map(([length, seed]) => noise(length, seed)),
    )
    fc.assert(
      fc.property(sound, fc.constantFrom(8000, 16_000, 22_050, 44_100), (x, rate) => {
        const { f0Hz, confidence } = tracker.track(x, rate)
        expect(f0Hz.length).toBe(frameCount(x.length, rate))
        expect(confidence.length).toBe(f0Hz.length)
        expect(f0Hz.every((hz) => hz === 0 || (hz > 40 && hz < 1400))).toBe(true)
        expect(confidence.every((value) => value >= 0 && value <= 1)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  test('hears nothing in silence, and is surer of a voice than of noise', () => {
    expect(tracker.track(new Float64Array(fs), fs).f0Hz.every((hz) => hz === 0)).toBe(true)
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(tracker.track(tone(220, 0.6), fs).confidence)).toBeGreaterThan(0.75)
    expect(mean(tracker.track(noise(fs * 0.6, 1), fs).confidence)).toBeLessThan(0.4)
  })

  test('refuses what cannot be analyzed, with a code', () => {
    const codeOf = (x: Float64Array, rate: number) => {
      try {
        tracker.track(x, rate)
      } catch (error) {
        if (error instanceof FailureError) return error.failure.code
      }
      return null
    }
    expect(codeOf(tone(200, 0.1, 4000), 4000)).toBe('audio-rate-low')
    expect(codeOf(Float64Array.of(0, NaN, 0), fs)).toBe('audio-not-finite')
    expect(codeOf(Float64Array.of(0, Infinity, 0), fs)).toBe('audio-not-finite')
  })
})
