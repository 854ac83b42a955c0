import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDct } from '../../../../src/shared/dsp/dct.ts'

const signals = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 80 })

test('the inverse cosine transform gives the signal back', () => {
  fc.assert(
    fc.property(signals, (values) => {
      const dct = createDct(values.length)
      const coefficients = new Float64Array(values.length)
      const found = new Float64Array(values.length)
      dct.forward(Float64Array.from(values), 0, coefficients, 0)
      dct.inverse(coefficients, 0, found, 0)
      values.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 9))
    }),
    { numRuns: 50 },
  )
})

test('the transform keeps the energy, and a constant is its first coefficient alone', () => {
  const dct = createDct(55)
  const coefficients = new Float64Array(55)
  dct.forward(new Float64Array(55).fill(3), 0, coefficients, 0)
  expect(coefficients[0]).toBeCloseTo(3 * Math.sqrt(55), 10)
  expect(Math.max(...coefficients.subarray(1).map(Math.abs))).toBeLessThan(1e-12)
})
