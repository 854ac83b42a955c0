import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNormals } from '../../../../src/shared/world/random.ts'

test('skipping is the same as drawing and forgetting', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
      const drawn = createNormals()
      for (let i = 0; i < count; i++) drawn.next()
      const skipped = createNormals()
      skipped.skip(count)
      expect(skipped.next()).toBe(drawn.next())
    }),
  )
})

test('the noise has mean 0 and variance 1', () => {
  const noise = createNormals()
  const values = Float64Array.from({ length: 100_000 }, () => noise.next())
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(Math.abs(variance - 1)).toBeLessThan(0.02)
})
