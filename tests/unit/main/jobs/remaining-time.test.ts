import { expect, test } from 'vitest'
import { createPaceBook } from '../../../../src/main/jobs/remaining-time.ts'

test('an even pace leaves a narrow range around what is left, an uneven one a wide one', () => {
  const even = createPaceBook({ fraction: 0, atMs: 0 })
  for (let second = 1; second <= 40; second++) even.note(second / 200, second * 1000)
  const range = even.rangeSec(0.2)
  expect(range?.lowSec).toBeCloseTo(160 * 0.9)
  expect(range?.highSec).toBeCloseTo(160 * 1.1)

  const uneven = createPaceBook({ fraction: 0, atMs: 0 })
  let fraction = 0
  for (let window = 1; window <= 20; window++) uneven.note((fraction += window % 2 ? 0.01 : 0.03), window * 2000)
  const wide = uneven.rangeSec(fraction)
  expect(wide?.lowSec).toBeCloseTo(((1 - fraction) / 0.03) * 2)
  expect(wide?.highSec).toBeCloseTo(((1 - fraction) / 0.01) * 2)
})

test('nothing is told before there is something to tell from, and a machine that slows down is seen', () => {
  const pace = createPaceBook({ fraction: 0.5, atMs: 0 })
  pace.note(0.52, 2000)
  expect(pace.rangeSec(0.52)).toBeNull()
  for (let window = 2; window <= 10; window++) pace.note(0.5 + window * 0.02, window * 2000)
  const before = pace.rangeSec(0.7)?.highSec ?? 0
  for (let window = 1; window <= 30; window++) pace.note(0.7 + window * 0.002, 20_000 + window * 2000)
  expect(pace.rangeSec(0.7)?.lowSec).toBeGreaterThan(before * 5)
})

test('what is left is told by the steps of late, however quickly what came before them went', () => {
  const pace = createPaceBook({ fraction: 0, atMs: 0 })
  expect(pace.middleSec(0)).toBeNull()
  for (let window = 1; window <= 10; window++) pace.note(window * 0.01, window * 2000)
  expect(pace.middleSec(0.1)).toBeCloseTo(180)
  for (let window = 1; window <= 20; window++) pace.note(0.1 + window * 0.0001, 20_000 + window * 2000)
  expect(pace.middleSec(0.102)).toBeCloseTo((0.898 / 0.0001) * 2)
})
