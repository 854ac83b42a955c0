import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movingMean } from '../../../../src/shared/dsp/moving-mean.ts'

test('a moving mean leaves a constant as it is, also at the ends', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.nat(10),
      fc.integer({ min: -9, max: 9 }),
      (length, reach, value) => {
        for (const mean of movingMean(new Float64Array(length).fill(value), reach)) expect(mean).toBeCloseTo(value, 12)
      },
    ),
  )
})

test('a value inside is the mean of itself and its neighbors', () => {
  expect([...movingMean(Float64Array.of(1, 2, 6, 3, 3), 1)]).toEqual([1.5, 3, 11 / 3, 4, 3])
})
