import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBars } from '../../../../src/shared/units/song-time.ts'
import { formatClock } from '../../../../src/shared/units/time.ts'
import { parsePosition } from '../../../../src/shared/units/typed-position.ts'
import { songTimes, steadyTime } from '../../../support/tempo-maps.ts'

test('what the display shows can be typed, and comes to where it shows the same', () => {
  fc.assert(
    fc.property(songTimes, fc.nat(2e8), (time, position) => {
      const bars = formatBars(position, time)
      const typed = parsePosition(bars, time)
      expect(typed).not.toBeNull()
      expect(formatBars(typed ?? 0, time)).toBe(bars)
      expect(typed).toBeLessThanOrEqual(position)
      const clock = formatClock(position / time.rateHz)
      expect(formatClock((parsePosition(clock, time) ?? 0) / time.rateHz)).toBe(clock)
    }),
  )
})

test.each([
  ['3', 192_000],
  ['3.2', 216_000],
  [' 3 2 3 ', 228_000],
  ['1:02.5', 62.5 * 48_000],
  ['1:00:00', 3600 * 48_000],
  ['0', null],
  ['3.5', null],
  ['3.1.5', null],
  ['1:75', null],
  ['-3', null],
  ['soon', null],
  ['', null],
])('at 120 bpm in 4/4, “%s” is sample %s', (text, expected) => {
  expect(parsePosition(text, steadyTime())).toBe(expected)
})
