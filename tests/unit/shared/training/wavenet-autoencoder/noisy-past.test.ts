import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { deviationOf, withNoisyPast } from '../../../../../src/shared/training/wavenet-autoencoder/noisy-past.ts'

test('noise that is drawn for each batch is anything up to its most, and fixed noise draws nothing', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 20 }), (seed, upTo) => {
      const random = createRandom(seed)
      const deviations = Array.from({ length: 200 }, () => deviationOf({ upTo }, random))
      expect(Math.min(...deviations)).toBeGreaterThanOrEqual(0)
      expect(Math.min(...deviations)).toBeLessThan(upTo / 4)
      expect(Math.max(...deviations)).toBeGreaterThan((3 * upTo) / 4)
      expect(Math.max(...deviations)).toBeLessThanOrEqual(upTo)
      const [untouched, asked] = [createRandom(seed), createRandom(seed)]
      expect(deviationOf(upTo, asked)).toBe(upTo)
      expect(asked.uniform()).toBe(untouched.uniform())
    }),
    { numRuns: 20 },
  )
})

test('the past that leads is noisy by the deviation, within the levels, and what is learned is not', () => {
  const target = Uint8Array.from({ length: 4000 }, (_, at) => 128 + Math.round(60 * Math.sin(at / 5)))
  const batch = { sampleCount: target.length, target, heard: target, singerIndices: [0], pitch: null }
  const noisy = withNoisyPast(batch, 4, createRandom(1))
  const past = noisy.past ?? target
  const power = past.reduce((sum, level, at) => sum + (level - target[at]) ** 2, 0) / target.length
  expect(Math.sqrt(power)).toBeGreaterThan(3.7)
  expect(Math.sqrt(power)).toBeLessThan(4.3)
  expect(noisy.target).toBe(target)
  expect(withNoisyPast(batch, 0, createRandom(1))).toBe(batch)
})
