import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { drawShiftedSpan } from '../../../../../src/shared/training/music-translation/augmentation.ts'

test('a span lies within its clip, lasts a quarter to half a second, and moves by half a semitone at the most', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(8000, 16_000), (seed, count, rateHz) => {
      const { startSamples, lengthSamples, semitones } = drawShiftedSpan(createRandom(seed), count, rateHz)
      expect(startSamples).toBeGreaterThanOrEqual(0)
      expect(startSamples + lengthSamples).toBeLessThanOrEqual(count)
      expect(lengthSamples).toBeGreaterThanOrEqual(Math.min(0.25 * rateHz, count))
      expect(lengthSamples).toBeLessThanOrEqual(0.5 * rateHz)
      expect(Math.abs(semitones)).toBeLessThanOrEqual(0.5)
    }),
  )
})

test('times are seconds: at twice the rate the same draw names the same stretch', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, sec) => {
      const [slow, fast] = [8000, 16_000].map((rateHz) => drawShiftedSpan(createRandom(seed), sec * rateHz, rateHz))
      expect(Math.abs(fast.startSamples / 2 - slow.startSamples)).toBeLessThanOrEqual(1)
      expect(Math.abs(fast.lengthSamples / 2 - slow.lengthSamples)).toBeLessThanOrEqual(1)
      expect(fast.semitones).toBe(slow.semitones)
    }),
  )
})

test('spans reach both ends of their clip, and pitches go both ways as often', () => {
  const random = createRandom(3)
  const spans = Array.from({ length: 400 }, () => drawShiftedSpan(random, 16_000, 16_000))
  expect(Math.min(...spans.map(({ startSamples }) => startSamples))).toBeLessThan(500)
  expect(Math.max(...spans.map(({ startSamples, lengthSamples }) => startSamples + lengthSamples))).toBeGreaterThan(
    15_500,
  )
  const up = spans.filter(({ semitones }) => semitones > 0).length
  expect(Math.abs(up - 200)).toBeLessThan(40)
})
