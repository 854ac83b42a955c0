import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinRegions, splitRegions } from '../../../../src/shared/project/edits/cuts.ts'
import {
  changeRegions,
  deleteRegions,
  duplicateRegions,
  moveRegions,
  rippleDeleteRegions,
  trimRegionEnd,
  trimRegionStart,
} from '../../../../src/shared/project/edits/regions.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { audibleRegions, regionEnd, regionsOfTrack, songEnd } from '../../../../src/shared/project/queries.ts'
import { chorus, countingIds, leadTrack, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const spanComplaints = (project: Project) =>
  Object.values(project.regions).filter(
    (region) =>
      !Number.isInteger(region.startSamples) ||
      region.startSamples < 0 ||
      region.sourceStartSamples < 0 ||
      region.durationSamples < 1 ||
      region.sourceStartSamples + region.durationSamples > project.sources[region.sourceId].durationSamples ||
      region.fadeInSamples + region.fadeOutSamples > region.durationSamples,
  )

test('no sequence of trims and moves leaves the source or the song', () => {
  const step = fc.tuple(fc.constantFrom('move', 'start', 'end', 'fade'), fc.integer({ min: -600_000, max: 600_000 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let song = smallSong()
      for (const [kind, by] of steps) {
        if (kind === 'move') song = moveRegions(song, [verse, chorus], by)
        else if (kind === 'start') song = trimRegionStart(song, chorus, by)
        else if (kind === 'end') song = trimRegionEnd(song, chorus, by)
        else song = changeRegions(song, [chorus], { fadeInSamples: Math.abs(by), fadeOutSamples: 1000 })
      }
      expect(spanComplaints(song)).toEqual([])
    }),
  )
})

test('a region cut in ten pieces loses no sample, and joining them gives it back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 199_999 }), { minLength: 1, maxLength: 9 }), (cuts) => {
      const mint = countingIds()
      let song = smallSong()
      for (const at of cuts) {
        const ids = regionsOfTrack(song, leadTrack).map((region) => region.id)
        song = splitRegions(song, ids, at, mint)
      }
      const pieces = regionsOfTrack(song, leadTrack).filter((region) => region.name === 'Verse')
      expect(pieces.reduce((sum, region) => sum + region.durationSamples, 0)).toBe(200_000)
      const joined = joinRegions(
        song,
        pieces.map((region) => region.id),
      )
      expect(joined.regions[verse]).toEqual(smallSong().regions[verse])
    }),
  )
})

test('regions moved together keep their spacing, even against the start of the song', () => {
  const song = moveRegions(smallSong(), [chorus, verse], -1_000_000)
  expect(song.regions[chorus].startSamples - song.regions[verse].startSamples).toBe(240_000)
  expect(song.regions[verse].startSamples).toBe(0)
})

test('ripple delete closes the gap on its own track only', () => {
  const song = singRegions(smallSong(), [chorus], singerTrack, mira, countingIds())
  const rippled = rippleDeleteRegions(song, [verse])
  expect(rippled.regions[chorus].startSamples).toBe(40_000)
  expect(regionsOfTrack(rippled, singerTrack)[0].startSamples).toBe(240_000)
})

test('a duplicate stands right behind what it copies', () => {
  const song = duplicateRegions(smallSong(), [verse, chorus], countingIds())
  expect(songEnd(song)).toBe(960_000)
})

test('singing a region silences its original, and deleting the sung one brings it back', () => {
  const mint = countingIds()
  const sung = singRegions(smallSong(), [verse], singerTrack, mira, mint)
  expect(audibleRegions(sung).map((region) => region.id)).toEqual([chorus, 'r1'])
  const [linked] = regionsOfTrack(sung, singerTrack)
  expect(regionEnd(linked)).toBe(regionEnd(sung.regions[verse]))
  const back = deleteRegions(sung, [linked.id])
  expect(audibleRegions(back).map((region) => region.id)).toEqual([verse, chorus])
})

test('a source that is sung is cut together with what is sung instead of it: no half is heard twice', () => {
  const mint = countingIds()
  const sung = singRegions(smallSong(), [verse], singerTrack, mira, mint)
  const cut = splitRegions(sung, [verse], 80_000, mint)
  const names = (project: Project) => audibleRegions(project).map((region) => region.id)
  const halves = regionsOfTrack(cut, singerTrack)
  expect(halves.map((region) => [region.startSamples, region.durationSamples])).toEqual([
    [0, 80_000],
    [80_000, 120_000],
  ])
  expect(names(cut).sort()).toEqual([chorus, ...halves.map((region) => region.id)].sort())
  const rejoined = joinRegions(
    cut,
    Object.values(cut.regions).map((region) => region.id),
  )
  expect(names(rejoined)).toEqual(names(sung))
})

test('regions that ask for different things are not joined', () => {
  const cut = splitRegions(smallSong(), [verse], 80_000, countingIds())
  const louder = changeRegions(cut, [verse], { gainDb: -3 })
  expect(
    Object.keys(
      joinRegions(
        louder,
        Object.values(louder.regions).map((region) => region.id),
      ).regions,
    ),
  ).toHaveLength(3)
})
