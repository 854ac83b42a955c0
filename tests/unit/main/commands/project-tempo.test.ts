import { expect, test } from 'vitest'
import { readMeter } from '../../../../src/main/commands/options.ts'
import { tempoLines, withTempo } from '../../../../src/main/commands/project-tempo.ts'
import { smallSong } from '../../../support/documents.ts'

const options = { bar: 1, remove: false }

test('tempo and meter are changed from a bar on, each alone or both, and shown with where they begin', () => {
  let song = withTempo(smallSong(), 60, { ...options, bar: 5, meter: readMeter('3/4') })
  song = withTempo(song, null, { ...options, bar: 9, meter: readMeter('6/8') })
  song = withTempo(song, 100, { ...options, ramp: true })
  expect(tempoLines(song)).toEqual([
    'bar 1 at 0:00.000: 100 bpm, evenly to the next, 4/4',
    'bar 5 at 0:12.260: 60 bpm, 3/4',
    'bar 9 at 0:24.260: 6/8',
  ])
  expect(tempoLines(withTempo(song, null, { ...options, bar: 9, remove: true }))).toHaveLength(2)
})

test('asking without saying anything new leaves the document as it is, so that nothing is saved', () => {
  const song = smallSong()
  expect(withTempo(song, null, options)).toBe(song)
  expect(withTempo(song, null, { ...options, bar: 30 })).toBe(song)
  expect(withTempo(song, 120, options)).toBe(song)
})
