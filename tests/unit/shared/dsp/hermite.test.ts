import { expect, test } from 'vitest'
import { readHermite } from '../../../../src/shared/dsp/hermite.ts'

test('whole positions give the samples themselves', () => {
  const x = Float64Array.of(3, -1, 4, 1, -5, 9, 2, 6)
  for (let index = 1; index < 5; index++) expect(readHermite(x, index)).toBe(x[index])
})

test('a parabola is read exactly between its samples', () => {
  const x = Float64Array.from({ length: 20 }, (_, n) => 0.5 * n * n - 3 * n + 1)
  for (const at of [1.25, 7.5, 13.9]) expect(readHermite(x, at)).toBeCloseTo(0.5 * at * at - 3 * at + 1, 10)
})

test('positions outside are held at the ends', () => {
  const x = Float64Array.from({ length: 10 }, (_, n) => n)
  expect(readHermite(x, -5)).toBe(1)
  expect(readHermite(x, 50)).toBeCloseTo(6.999, 6)
})
