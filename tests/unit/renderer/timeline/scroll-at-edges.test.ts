import { expect, test } from 'vitest'
import { edgeScrollPx } from '../../../../src/renderer/timeline/gestures/scroll-at-edges.ts'

test('lanes scroll at their edges, faster farther out, and not in between', () => {
  expect(edgeScrollPx(500, 1000)).toBe(0)
  expect(edgeScrollPx(24, 1000)).toBe(0)
  expect(edgeScrollPx(976, 1000)).toBe(0)
  expect(edgeScrollPx(1000, 1000)).toBe(10)
  expect(edgeScrollPx(0, 1000)).toBe(-10)
  expect(edgeScrollPx(4000, 1000)).toBe(40)
  expect(edgeScrollPx(-4000, 1000)).toBe(-40)
})
