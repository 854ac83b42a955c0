import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextGridLine, snapPosition, snapSteps } from '../../../../src/shared/project/snap.ts'
import { barStart, barUnder, samplesAt, songTime } from '../../../../src/shared/units/song-time.ts'
import { songTimes, steadyTime } from '../../../support/tempo-maps.ts'

test('snapping twice is snapping once, across every change of tempo and meter', () => {
  fc.assert(
    fc.property(fc.nat(1e8), fc.constantFrom(...snapSteps), songTimes, (position, step, time) => {
      const snapped = snapPosition(position, step, time)
      expect(snapPosition(snapped, step, time)).toBe(snapped)
      expect(Number.isInteger(snapped)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('the next grid line always moves on, and the one before it lies not behind where one was', () => {
  fc.assert(
    fc.property(fc.nat(1e8), fc.constantFrom(...snapSteps), songTimes, (position, step, time) => {
      const next = nextGridLine(position, 1, step, time)
      expect(next).toBeGreaterThan(position)
      const back = nextGridLine(next, -1, step, time)
      expect(back).toBeLessThanOrEqual(position)
      expect(nextGridLine(back, 1, step, time)).toBe(next)
    }),
    { numRuns: 300 },
  )
})

test('every bar line is a line of every musical grid', () => {
  const steps = snapSteps.filter((step) => step !== 'off' && step !== '10 ms')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), fc.constantFrom(...steps), songTimes, (bar, step, time) => {
      expect(snapPosition(barStart(time, bar), step, time)).toBe(barStart(time, bar))
      expect(barUnder(time, nextGridLine(barStart(time, bar), 1, step, time)).number - bar).toBeLessThanOrEqual(1)
    }),
    { numRuns: 300 },
  )
})

test('no grid line drifts: the ten-thousandth sixteenth is rounded from its exact time', () => {
  const time = steadyTime(133.37)
  expect(snapPosition(samplesAt(time, 2500) + 7, '1/16', time)).toBe(Math.round(2500 * (60 / 133.37) * 48_000))
})

test.each([
  [100_000, 'bar', 96_000],
  [100_000, '1/4', 96_000],
  [100_000, '1/16', 102_000],
  [100_000, 'off', 100_000],
] as const)('at 120 bpm, sample %i snaps to %s at %i', (position, step, expected) => {
  expect(snapPosition(position, step, steadyTime())).toBe(expected)
})

test('the grid begins anew with every bar, and goes on at the new tempo', () => {
  const time = songTime(
    {
      tempos: [
        { bar: 1, bpm: 120, isRamp: false },
        { bar: 2, bpm: 60, isRamp: false },
      ],
      meters: [{ bar: 1, beatsPerBar: 7, beatUnit: 8 }],
    },
    48_000,
  )
  const lines = [0]
  while (lines.length < 7) lines.push(nextGridLine(lines[lines.length - 1], 1, '1/4', time))
  expect(lines).toEqual([0, 24_000, 48_000, 72_000, 84_000, 132_000, 180_000])
})
