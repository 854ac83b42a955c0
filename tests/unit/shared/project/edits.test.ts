import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MarkerId, RegionId, RenderKey, SourceId, TrackId } from '../../../../src/shared/base/id.ts'
import { joinRegions, splitRegions } from '../../../../src/shared/project/edits/cuts.ts'
import { addSource, dropUnusedSources, renameProject, setLoop } from '../../../../src/shared/project/edits/document.ts'
import { addMarker, moveMarker, removeMarkers, renameMarker } from '../../../../src/shared/project/edits/markers.ts'
import { changePerformance, setRender, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import {
  addRegion,
  changeRegions,
  deleteRegions,
  duplicateRegions,
  moveRegions,
  moveRegionsToTrack,
  newRegion,
  rippleDeleteRegions,
  trimRegionEnd,
  trimRegionStart,
} from '../../../../src/shared/project/edits/regions.ts'
import { replaceSource } from '../../../../src/shared/project/edits/sources.ts'
import { changeTempoIn, movePlace, removePlace, setPlace } from '../../../../src/shared/project/edits/tempo-map.ts'
import {
  addTrack,
  changeTrack,
  moveTrack,
  newInstrumentTrack,
  newSingerTrack,
  newSourceTrack,
  removeTrack,
  setTrackPerformer,
} from '../../../../src/shared/project/edits/tracks.ts'
import { createHistory, edit, redo, undo } from '../../../../src/shared/project/history.ts'
import type { Project, Region, Render, Track } from '../../../../src/shared/project/model.ts'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { defaultPerformance, type Performance } from '../../../../src/shared/project/performance.ts'
import { countingIds, horn, jonas, mira, smallSong } from '../../../support/documents.ts'

const EDIT_COUNT = 200

/** Numbers that an edit picks its objects and values with: which region, which other one, how far. */
interface Pick {
  readonly one: number
  readonly other: number
  readonly by: number
  readonly share: number
}
const picks: fc.Arbitrary<Pick> = fc.record({
  one: fc.nat(1000),
  other: fc.nat(1000),
  by: fc.integer({ min: -300_000, max: 300_000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

type Mint = () => RegionId
type Edit = (project: Project, pick: Pick, mint: Mint) => Project

const at = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)]
const regionOf = (project: Project, index: number): Region | undefined => at(Object.values(project.regions), index)
const onRegions =
  (change: (project: Project, ids: readonly RegionId[], pick: Pick, mint: Mint) => Project): Edit =>
  (project, pick, mint) => {
    const ids = [regionOf(project, pick.one), regionOf(project, pick.other)].flatMap((region) => region?.id ?? [])
    return ids.length === 0 ? project : change(project, [...new Set(ids)], pick, mint)
  }
const onTrack =
  (change: (project: Project, track: Track, pick: Pick, mint: Mint) => Project): Edit =>
  (project, pick, mint) => {
    const track = at(project.tracks, pick.one)
    return track ? change(project, track, pick, mint) : project
  }

const renderOf = (region: Region, performance: Performance, number: number): Render => ({
  key: number.toString(16).padStart(64, '0') as RenderKey, // brands are given in tests
  sourceStartSamples: region.sourceStartSamples,
  durationSamples: region.durationSamples,
  performance,
  singerDigest: 'digest',
  semitones: 0,
})

const edits: Readonly<Record<string, Edit>> = {
  move: onRegions((project, ids, { by }) => moveRegions(project, ids, by)),
  moveToTrack: onRegions((project, ids, { by }) => {
    const track = at(project.tracks, Math.abs(by))
    const isSung = ids.some((id) => project.regions[id].performance !== null)
    return track && (track.kind === 'singer') === isSung ? moveRegionsToTrack(project, ids, track.id) : project
  }),
  trimStart: onRegions((project, [id], { by }) => trimRegionStart(project, id, by)),
  trimEnd: onRegions((project, [id], { by }) => trimRegionEnd(project, id, by)),
  split: onRegions((project, ids, { share }, mint) => {
    const region = project.regions[ids[0]]
    return splitRegions(project, ids, region.startSamples + Math.round(share * region.durationSamples), mint)
  }),
  join: (project) =>
    joinRegions(
      project,
      Object.values(project.regions).map((region) => region.id),
    ),
  duplicate: onRegions((project, ids, _, mint) =>
    Object.keys(project.regions).length < 80 ? duplicateRegions(project, ids, mint) : project,
  ),
  delete: onRegions((project, ids, { one }) => (one % 5 === 0 ? deleteRegions(project, ids) : project)),
  rippleDelete: onRegions((project, ids, { one }) => (one % 5 === 0 ? rippleDeleteRegions(project, ids) : project)),
  fade: onRegions((project, ids, { by, share }) =>
    changeRegions(project, ids, { fadeInSamples: Math.abs(by), fadeOutSamples: Math.round(share * 100_000) }),
  ),
  describe: onRegions((project, ids, { one, share }) =>
    changeRegions(project, ids, { name: `Part ${one}`, gainDb: -share * 20, isMuted: one % 2 === 0 }),
  ),
  colorRegions: onRegions((project, ids, { one }) =>
    changeRegions(project, ids, { hueIndex: one % 9 === 8 ? null : one % 9 }),
  ),
  compare: onRegions((project, ids, { one }) =>
    changeRegions(project, ids, { heard: one % 2 === 0 ? 'original' : 'converted' }),
  ),
  perform: onRegions((project, ids, { share, one }) =>
    changePerformance(project, ids, (performance) => ({
      ...performance,
      emotion: { emotionId: one % 2 === 0 ? 'sad' : 'happy', intensity: share },
    })),
  ),
  sing: onRegions((project, ids, _, mint) => {
    const track = project.tracks.find((one) => one.kind === 'singer')
    const unsung = ids.filter((id) => project.regions[id].performance === null)
    return track?.kind === 'singer' ? singRegions(project, unsung, track.id, track.singerId, mint) : project
  }),
  render: onRegions((project, [id], { one }) => {
    const region = project.regions[id]
    return region.performance ? setRender(project, id, renderOf(region, region.performance, one)) : project
  }),
  addTrack: (project, { one }, mint) => {
    const id = `t${mint()}` as TrackId
    const track = [newSourceTrack(id, 'New'), newSingerTrack(id, 'New', jonas), newInstrumentTrack(id, 'New', horn)][
      one % 3
    ]
    return project.tracks.length < 12 ? addTrack(project, track, one % (project.tracks.length + 1)) : project
  },
  removeTrack: onTrack((project, track, { other }) => (other % 40 === 0 ? removeTrack(project, track.id) : project)),
  moveTrack: onTrack((project, track, { other }) => moveTrack(project, track.id, other % project.tracks.length)),
  changeTrack: onTrack((project, track, { one, share }) =>
    changeTrack(project, track.id, { gainDb: -share * 60, pan: share * 2 - 1, hueIndex: one % 8, isSoloed: true }),
  ),
  placeSource: (project, { one, share }, mint) => {
    const [source, track] = [at(Object.values(project.sources), one), at(project.tracks, one)]
    if (!source || track?.kind !== 'source') return project
    const durationSamples = Math.max(1, Math.round(share * source.durationSamples))
    return addRegion(
      project,
      newRegion({ id: mint(), trackId: track.id, name: 'Placed', sourceId: source.id, durationSamples }),
    )
  },
  trackPerformer: onTrack((project, track, { other }) =>
    setTrackPerformer(
      project,
      track.id,
      other % 3 === 2
        ? { id: horn, name: 'Horn', converter: 'translation' }
        : { id: other % 3 === 0 ? mira : jonas, name: 'Other', converter: 'spectral-autoencoder' },
      'Other',
    ),
  ),
  tempo: (project, { share }) =>
    changeTempoIn(project, 1 + Math.round(share * 12), { bpm: 60 + Math.round(share * 120) }),
  setPlace: (project, { one, share }) => {
    const bar = 1 + (one % 12)
    const tempo = { bar, bpm: 60 + Math.round(share * 120), isRamp: share < 0.5 }
    return setPlace(project, { bar, tempo, meter: share < 0.3 ? { bar, beatsPerBar: 3, beatUnit: 4 } : null })
  },
  movePlace: (project, { one, other }) => movePlace(project, 1 + (one % 12), 1 + (other % 16)),
  removePlace: (project, { one }) => removePlace(project, 1 + (one % 12)),
  loop: (project, { by, one }) => setLoop(project, { isOn: one % 2 === 0, startSamples: 0, endSamples: Math.abs(by) }),
  rename: (project, { one }) => renameProject(project, `Song ${one}`),
  addMarker: (project, { by, one }, mint) =>
    addMarker(project, { id: `m${mint()}` as MarkerId, name: `Marker ${one}`, atSamples: Math.abs(by) }),
  moveMarker: (project, { one, by }) => {
    const marker = at(project.markers, one)
    return marker ? moveMarker(project, marker.id, marker.atSamples + by) : project
  },
  renameMarker: (project, { one }) => {
    const marker = at(project.markers, one)
    return marker ? renameMarker(project, marker.id, `Place ${one}`) : project
  },
  removeMarker: (project, { one }) => removeMarkers(project, [at(project.markers, one)?.id ?? ('none' as MarkerId)]),
  addSource: (project, { one }) =>
    addSource(project, {
      id: one.toString(16).padStart(64, '0') as SourceId,
      name: 'new.wav',
      originalRateHz: 48_000,
      channelCount: 1,
      durationSamples: 48_000,
    }),
  replaceSource: (project, { one, by }) => {
    const old = at(Object.values(project.sources), one)
    const id = `e${one.toString(16).padStart(63, '0')}` as SourceId
    return old && one % 5 === 0
      ? replaceSource(project, old.id, { ...old, id, durationSamples: 1 + Math.abs(by) })
      : project
  },
  dropSources: (project) => dropUnusedSources(project),
}

const sequences = fc.array(fc.tuple(fc.constantFrom(...Object.keys(edits)), picks), {
  minLength: EDIT_COUNT,
  maxLength: EDIT_COUNT,
})
const song = (): Project =>
  setRender(
    singRegions(smallSong(), [Object.values(smallSong().regions)[0].id], smallSong().tracks[1].id, mira, countingIds()),
    'r1' as RegionId,
    renderOf(Object.values(smallSong().regions)[0], defaultPerformance(mira), 1),
  )

test('two hundred edits of any kind, undone, give the original document byte for byte, and redone the final one', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      const mint = uniqueIds()
      const before = song()
      const written = JSON.stringify(before)
      let history = createHistory(before)
      for (const [name, pick] of sequence) history = edit(history, name, (project) => edits[name](project, pick, mint))
      const final = JSON.stringify(history.present)
      const stepCount = history.past.length
      for (let step = 0; step < stepCount; step++) history = undo(history)
      expect(JSON.stringify(history.present)).toBe(written)
      for (let step = 0; step < stepCount; step++) history = redo(history)
      expect(JSON.stringify(history.present)).toBe(final)
    }),
    { numRuns: 40 },
  )
})

test('after any edits the document is one that opens again', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      const mint = uniqueIds()
      const edited = sequence.reduce((project, [name, pick]) => edits[name](project, pick, mint), song())
      const parsed = parseProject(JSON.parse(JSON.stringify(edited)))
      expect(parsed.ok ? [] : parsed.failure).toEqual([])
    }),
    { numRuns: 40 },
  )
})

function uniqueIds(): Mint {
  const count = countingIds()
  return () => `u${count()}` as RegionId
}
