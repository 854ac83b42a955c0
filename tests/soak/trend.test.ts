import { expect, test } from 'vitest'
import { createRandom } from '../../src/shared/base/random.ts'
import { growsBeyond, trendOf } from './trend.ts'

const noisy = (count: number, perCycle: number, noise: number): number[] => {
  const random = createRandom(7)
  return Array.from({ length: count }, (_, at) => 300 + perCycle * at + noise * random.normal())
}

test('a line is found for what it is', () => {
  const { growth, error } = trendOf([10, 12, 14, 16])
  expect(growth).toBeCloseTo(6)
  expect(error).toBeCloseTo(0)
  expect(trendOf([5])).toEqual({ growth: 0, error: 0 })
})

test('a leak is seen through noise as large as itself', () => {
  expect(growsBeyond(noisy(100, 0.5, 25), 20)).toBe(true)
})

test('noise is no growth, however large it is, and neither is what is tolerated', () => {
  expect(growsBeyond(noisy(100, 0, 50), 20)).toBe(false)
  expect(growsBeyond(noisy(100, 0.1, 5), 20)).toBe(false)
})

test('one that settles after a high start does not grow', () => {
  expect(growsBeyond([400, 390, 350, 352, 349, 351, 350], 10)).toBe(false)
})
