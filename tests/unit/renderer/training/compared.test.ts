import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compared, describeChange } from '../../../../src/renderer/training/compared.ts'
import { niceScale } from '../../../../src/renderer/training/paint-loss.ts'
import { formatTakingBetween } from '../../../../src/renderer/ui/times.ts'

const point = (step: number, heldOutLoss = 0.4) => ({ step, trainLoss: 0.5, heldOutLoss, auditionId: null })

test('heard against each other are an early, a middle and the best checkpoint', () => {
  const points = [100, 200, 300, 600, 900, 1000, 1100, 1200].map((step) => point(step))
  expect(compared(points, 1100).map(({ step }) => step)).toEqual([100, 600, 1100])
  expect(compared(points, null).map(({ step }) => step)).toEqual([100, 600, 1200])
  expect(compared(points.slice(0, 2), 200).map(({ step }) => step)).toEqual([100, 200])
  expect(compared([], null)).toEqual([])
})

test('a checkpoint tells what it gained on the one before', () => {
  expect(describeChange(point(200, 0.36), point(100, 0.4))).toBe('−10.0 %')
  expect(describeChange(point(200, 0.44), point(100, 0.4))).toBe('+10.0 %')
  expect(describeChange(point(100), undefined)).toBe('')
})

test('the scale of a picture has round numbers that hold what is drawn', () => {
  expect(niceScale(0.19, 0.83, 3)).toEqual([0, 0.5, 1])
  expect(niceScale(0.31, 0.42, 3)).toEqual([0.3, 0.35, 0.4, 0.45])
  expect(niceScale(0, 1200, 4)).toEqual([0, 500, 1000, 1500])
  const numbers = fc.double({ min: 0.001, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 2, max: 6 }), (low, more, parts) => {
      const scale = niceScale(low, low + more, parts)
      expect(scale[0]).toBeLessThanOrEqual(low * (1 + 1e-9))
      expect(scale[scale.length - 1]).toBeGreaterThanOrEqual((low + more) * (1 - 1e-9))
      expect(scale.length).toBeLessThanOrEqual(parts + 3)
    }),
  )
})

test('a time that nobody knows exactly is told as a span in one unit', () => {
  expect(formatTakingBetween(18 * 60, 24 * 60)).toBe('18 to 24 min')
  expect(formatTakingBetween(50, 70)).toBe('50 to 70 s')
  expect(formatTakingBetween(2.5 * 3600, 3 * 3600)).toBe('2.5 to 3.0 h')
  expect(formatTakingBetween(60 * 2, 60 * 2.2)).toBe('2 min')
  expect(formatTakingBetween(117 * 86_400, 334 * 86_400)).toBe('3 months or more')
  expect(formatTakingBetween(3986 * 86_400, 11_389 * 86_400)).toBe('10 years or more')
})
