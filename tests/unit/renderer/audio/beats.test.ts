import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatsBetween } from '../../../../src/renderer/audio/beats.ts'
import { barStart, songTime } from '../../../../src/shared/units/song-time.ts'
import { songTimes, steadyTime } from '../../../support/tempo-maps.ts'

test('beats taken in pieces are the beats of the whole: none twice, none lost', () => {
  fc.assert(
    fc.property(songTimes, fc.array(fc.nat(4_000_000), { minLength: 1, maxLength: 6 }), (time, cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b)]
      const pieces = places.slice(1).flatMap((until, index) => beatsBetween(places[index], until, time))
      expect(pieces).toEqual(beatsBetween(0, places[places.length - 1], time))
    }),
  )
})

test('every bar begins with its accent, on the sample of its line', () => {
  fc.assert(
    fc.property(songTimes, (time) => {
      const bars = beatsBetween(0, barStart(time, 70), time).filter((beat) => beat.accent === 'bar')
      expect(bars.map((beat) => beat.atSamples)).toEqual(
        Array.from({ length: 69 }, (_, bar) => barStart(time, bar + 1)),
      )
    }),
  )
})

test('six eighths are counted in threes, three quarters are not', () => {
  const accents = (beatsPerBar: number, beatUnit: number): string =>
    beatsBetween(0, barStart(steadyTime(120, beatsPerBar, beatUnit), 2), steadyTime(120, beatsPerBar, beatUnit))
      .map((beat) => beat.accent[0])
      .join('')
  expect([accents(6, 8), accents(3, 4), accents(3, 8), accents(9, 8), accents(7, 8)]).toEqual([
    'bbbgbb',
    'bbb',
    'bbb',
    'bbbgbbgbb',
    'bbbbbbb',
  ])
})

test('at a change of tempo the click goes on without a gap, at the new distance', () => {
  const map = {
    tempos: [
      { bar: 1, bpm: 120, isRamp: false },
      { bar: 2, bpm: 240, isRamp: false },
    ],
    meters: [
      { bar: 1, beatsPerBar: 2, beatUnit: 4 },
      { bar: 3, beatsPerBar: 3, beatUnit: 8 },
    ],
  }
  const beats = beatsBetween(0, 90_000, songTime(map, 48_000)).map((beat) => beat.atSamples)
  expect(beats).toEqual([0, 24_000, 48_000, 60_000, 72_000, 78_000, 84_000])
})
