import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextGridLine, snapPosition, snapSteps } from '../../../../src/shared/project/snap.ts'
import type { Tempo } from '../../../../src/shared/units/tempo.ts'

const tempos: fc.Arbitrary<Tempo> = fc.record({
  bpm: fc.integer({ min: 20, max: 300 }),
  beatsPerBar: fc.integer({ min: 2, max: 7 }),
  beatUnit: fc.constantFrom(4, 8),
})
const rates = fc.constantFrom(44_100, 48_000, 96_000)

test('snapping twice is snapping once', () => {
  fc.assert(
    fc.property(fc.nat(1e8), fc.constantFrom(...snapSteps), tempos, rates, (position, step, tempo, rateHz) => {
      const snapped = snapPosition(position, step, tempo, rateHz)
      expect(snapPosition(snapped, step, tempo, rateHz)).toBe(snapped)
      expect(Number.isInteger(snapped)).toBe(true)
    }),
  )
})

test('the next grid line always moves on, and back again', () => {
  fc.assert(
    fc.property(fc.nat(1e8), fc.constantFrom(...snapSteps), tempos, rates, (position, step, tempo, rateHz) => {
      const next = nextGridLine(position, 1, step, tempo, rateHz)
      expect(next).toBeGreaterThan(position)
      expect(nextGridLine(next, -1, step, tempo, rateHz)).toBeLessThan(next)
    }),
  )
})

test.each([
  [100_000, 'bar', 96_000],
  [100_000, '1/4', 96_000],
  [100_000, '1/16', 102_000],
  [100_000, 'off', 100_000],
] as const)('at 120 bpm, sample %i snaps to %s at %i', (position, step, expected) => {
  expect(snapPosition(position, step, { bpm: 120, beatsPerBar: 4, beatUnit: 4 }, 48_000)).toBe(expected)
})
