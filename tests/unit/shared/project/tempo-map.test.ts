import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  barToMoveTo,
  changeTempoIn,
  movePlace,
  placeAt,
  removePlace,
  setPlace,
  tempoPlaces,
} from '../../../../src/shared/project/edits/tempo-map.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { barStart, songTime } from '../../../../src/shared/units/song-time.ts'
import { smallSong } from '../../../support/documents.ts'
import { tempoMaps } from '../../../support/tempo-maps.ts'

const waltz = { bar: 9, beatsPerBar: 3, beatUnit: 4 }
const slow = { bar: 9, bpm: 72, isRamp: false }
const song = setPlace(smallSong(), { bar: 9, tempo: slow, meter: waltz })
const bars = (project: Project): readonly number[] => tempoPlaces(project.tempoMap).map((place) => place.bar)
const startOf = (project: Project, bar: number): number => barStart(songTime(project.tempoMap, project.rateHz), bar)

test('a change of tempo moves bars, not what was recorded: regions, markers and loop stay on their samples', () => {
  expect({ ...song, tempoMap: null }).toEqual({ ...smallSong(), tempoMap: null })
  expect(startOf(song, 10) - startOf(song, 9)).toBe(Math.round(48_000 * 3 * (60 / 72)))
})

test('a place holds tempo, meter or both, and is gone when it holds neither', () => {
  const onlyMeter = setPlace(song, { bar: 9, tempo: null, meter: waltz })
  expect(placeAt(onlyMeter.tempoMap, 9)).toEqual({ bar: 9, tempo: null, meter: waltz })
  expect(bars(setPlace(onlyMeter, { bar: 9, tempo: null, meter: null }))).toEqual([1])
})

test('the song keeps its beginning: the first place is neither moved nor removed', () => {
  expect(removePlace(song, 1)).toBe(song)
  expect(movePlace(song, 1, 4)).toBe(song)
})

test('a place moves as a whole, never onto another one or before the song', () => {
  const moved = movePlace(song, 9, 5)
  expect(tempoPlaces(moved.tempoMap)[1]).toEqual({ bar: 5, tempo: { ...slow, bar: 5 }, meter: { ...waltz, bar: 5 } })
  for (const to of [1, 0, -3, 9, 200_000]) expect(movePlace(song, 9, to)).toBe(song)
})

test('what changes nothing gives the same document', () => {
  expect(setPlace(song, { bar: 9, tempo: { ...slow }, meter: { ...waltz } })).toBe(song)
  expect(changeTempoIn(song, 20, { bpm: 72 })).toBe(song)
})

test('a tempo typed in the middle of a part is the whole part’s', () => {
  const faster = changeTempoIn(song, 20, { bpm: 90 })
  expect(faster.tempoMap.tempos.map(({ bar, bpm }) => [bar, bpm])).toEqual([
    [1, 120],
    [9, 90],
  ])
  expect(faster.tempoMap.meters).toEqual(song.tempoMap.meters)
})

test('a dragged place lands where it was let go: no other bar would stand nearer', () => {
  fc.assert(
    fc.property(tempoMaps, fc.nat(20_000_000), (tempoMap, position) => {
      const project = { ...smallSong(), tempoMap }
      const place = tempoPlaces(tempoMap).at(-1)
      if (!place || place.bar === 1) return
      const to = barToMoveTo(project, place.bar, position)
      const distance = (bar: number): number => {
        const moved = bar === place.bar ? project : movePlace(project, place.bar, bar)
        return moved === project && bar !== place.bar ? Infinity : Math.abs(startOf(moved, bar) - position)
      }
      if (distance(to) === Infinity) return
      expect(distance(to)).toBeLessThanOrEqual(Math.min(distance(to + 1), distance(to - 1)))
    }),
  )
})

test.each([
  ['no change at bar 1', { tempos: [slow], meters: [{ ...waltz, bar: 1 }] }, 'nothing stands at bar 1'],
  [
    'bars out of order',
    { tempos: [{ ...slow, bar: 1 }, slow, { ...slow, bar: 4 }], meters: [{ ...waltz, bar: 1 }] },
    'bar 4',
  ],
  ['two changes at one bar', { tempos: [{ ...slow, bar: 1 }], meters: [{ ...waltz, bar: 1 }, waltz, waltz] }, 'bar 9'],
  ['a tempo of nothing', { tempos: [{ ...slow, bar: 1, bpm: 0 }], meters: [{ ...waltz, bar: 1 }] }, 'tempos.0.bpm'],
  [
    'a meter of thirds',
    { tempos: [{ ...slow, bar: 1 }], meters: [{ bar: 1, beatsPerBar: 4, beatUnit: 3 }] },
    'beatUnit',
  ],
])('a file with %s is refused with the place named', (_claim, tempoMap, complaint) => {
  const parsed = parseProject({ ...smallSong(), tempoMap })
  expect(parsed.ok ? '' : parsed.failure.message).toContain(complaint)
})

test('any map that the edits can make is read back as it was written', () => {
  fc.assert(
    fc.property(tempoMaps, (tempoMap) => {
      const written = { ...smallSong(), tempoMap }
      expect(parseProject(JSON.parse(JSON.stringify(written)))).toEqual({ ok: true, value: written })
    }),
  )
})
