import { expect, test } from 'vitest'
import fc from 'fast-check'
import { formatClock, formatDuration, samplesToSeconds, secondsToSamples } from '../../../../src/shared/units/time.ts'

test('a position survives the way to seconds and back at every rate', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 40 }),
      fc.constantFrom(8000, 22_050, 44_100, 48_000, 96_000, 192_000),
      (position, rateHz) => {
        expect(secondsToSamples(samplesToSeconds(position, rateHz), rateHz)).toBe(position)
      },
    ),
  )
})

test('the clock shows milliseconds and hours only where there are any', () => {
  expect(formatClock(49.28)).toBe('0:49.280')
  expect(formatClock(3723.4)).toBe('1:02:03.400')
  expect(formatClock(59.9996)).toBe('1:00.000')
})

test('a duration is minutes and seconds', () => {
  expect(formatDuration(238.2)).toBe('3:58')
  expect(formatDuration(3600)).toBe('1:00:00')
})
