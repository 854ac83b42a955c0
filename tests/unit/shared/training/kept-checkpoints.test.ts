import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptCheckpoints } from '../../../../src/shared/training/kept-checkpoints.ts'

test('the best, the last three and some on the way stay', () => {
  const steps = Array.from({ length: 12 }, (_, index) => 100 * (index + 1))
  expect([...keptCheckpoints(steps, [700])].sort((a, b) => a - b)).toEqual([100, 300, 600, 700, 1000, 1100, 1200])
  expect([...keptCheckpoints([100, 200], [100])].sort((a, b) => a - b)).toEqual([100, 200])
  expect([...keptCheckpoints([], [])]).toEqual([])
})

test('however many there are, seven at most stay, the best and the latest among them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), fc.nat(), (steps, draw) => {
      const best = steps[draw % steps.length]
      const kept = keptCheckpoints(steps, [best])
      expect(kept.size).toBeLessThanOrEqual(7)
      expect(kept.has(best)).toBe(true)
      expect(kept.has(Math.max(...steps))).toBe(true)
      expect([...kept].every((step) => steps.includes(step))).toBe(true)
      // Forgetting again forgets nothing more of what the next check keeps.
      expect(keptCheckpoints([...kept], [best]).has(best)).toBe(true)
    }),
  )
})
