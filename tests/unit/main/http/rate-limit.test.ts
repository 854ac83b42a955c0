import { expect, test } from 'vitest'
import { createRateLimit } from '../../../../src/main/http/rate-limit.ts'

test('a burst passes, then the rate holds, and rest is forgiven only up to the burst', () => {
  let nowMs = 0
  const isWithin = createRateLimit(10, 5, () => nowMs)
  const passing = (count: number) => Array.from({ length: count }, isWithin).filter(Boolean).length
  expect(passing(8)).toBe(5)
  nowMs += 200
  expect(passing(8)).toBe(2)
  nowMs += 60_000
  expect(passing(8)).toBe(5)
})
