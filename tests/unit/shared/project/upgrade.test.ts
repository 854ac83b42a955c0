import { expect, test } from 'vitest'
import type { RegionId, RenderKey } from '../../../../src/shared/base/id.ts'
import { setRender, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { setTrackPerformer } from '../../../../src/shared/project/edits/tracks.ts'
import type { Project, Region } from '../../../../src/shared/project/model.ts'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { countingIds, horn, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const sungId: RegionId = countingIds()()
const song = setRender(singRegions(smallSong(), [verse], singerTrack, mira, countingIds()), sungId, {
  key: 'f'.repeat(64) as RenderKey, // an id for tests
  sourceStartSamples: 0,
  durationSamples: 480,
  performance: defaultPerformance(mira),
  singerDigest: 'd',
  semitones: 12,
})

/** The document as version 2 wrote it: one tempo and meter, in the place where the map stands now. */
function asVersion2(project: Project): Readonly<Record<string, unknown>> {
  const { bpm } = project.tempoMap.tempos[0]
  const { beatsPerBar, beatUnit } = project.tempoMap.meters[0]
  const entries = Object.entries(project).map(([key, value]) =>
    key === 'tempoMap' ? ['tempo', { bpm, beatsPerBar, beatUnit }] : [key, key === 'version' ? 2 : value],
  )
  return Object.fromEntries(entries)
}

/** The document as version 1 wrote it. */
function asVersion1(document: Project): unknown {
  const { markers: _, ...project } = { ...document, tempo: asVersion2(document).tempo, tempoMap: undefined }
  const regions = Object.entries(project.regions).map(([id, region]) => [id, oldRegion(region)])
  const tracks = project.tracks.map(({ hueIndex: _hue, ...track }) => track)
  return { ...project, version: 1, tracks, regions: Object.fromEntries(regions) }
}

function oldRegion({ takes: _takes, comp: _comp, hueIndex: _hue, render, performance, ...region }: Region) {
  const old = (given: Region['performance']) => {
    if (!given) return null
    const { singerId, emotion, transposition, strength, renderer, seed } = given
    return { singerId, emotion, transposition, strength, renderer, seed }
  }
  return {
    ...region,
    performance: old(performance),
    render: render && { ...render, performance: old(render.performance) },
  }
}

test('a document of version 1 opens as the same song, its render kept as the first take', () => {
  expect(parseProject(asVersion1(song))).toEqual({ ok: true, value: song })
  expect(song.regions[sungId].takes.map((take) => take.number)).toEqual([1])
})

test('a document of version 2 opens as a map of one entry, and is written as if it had never been anything else', () => {
  const parsed = parseProject(JSON.parse(JSON.stringify(asVersion2(song))))
  expect(parsed).toEqual({ ok: true, value: song })
  const fresh = parseProject(JSON.parse(JSON.stringify(song)))
  expect(JSON.stringify(parsed)).toBe(JSON.stringify(fresh))
  for (const tempo of [7, null, {}, { bpm: 120 }, undefined])
    expect(parseProject({ ...asVersion2(song), tempo }).ok).toBe(false)
})

test('a document of version 3 opens as the same song, and a track of an instrument comes through a file', () => {
  expect(parseProject({ ...song, version: 3 })).toEqual({ ok: true, value: song })
  const played = setTrackPerformer(song, singerTrack, { id: horn, name: 'Horn', converter: 'translation' }, 'Horn')
  expect(played.tracks[1]).toMatchObject({ kind: 'instrument', domainId: horn, name: 'Horn' })
  expect(played.regions[sungId].performance?.singerId).toBe(horn)
  expect(parseProject(JSON.parse(JSON.stringify(played)))).toEqual({ ok: true, value: played })
  for (const kind of ['organ', 'singer'])
    expect(parseProject({ ...played, tracks: [{ ...played.tracks[1], kind }] }).ok).toBe(false)
})

test('a broken document of version 1 is refused, never thrown over', () => {
  for (const broken of [{ tracks: 7 }, { regions: [1] }, { regions: { a: null } }])
    expect(parseProject({ ...(asVersion1(song) as object), ...broken }).ok).toBe(false)
})
