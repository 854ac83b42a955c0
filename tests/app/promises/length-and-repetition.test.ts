import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegionId, TrackId } from '../../../src/shared/base/id.ts'
import type { Singer } from '../../../src/shared/contract/library.ts'
import { renderMediaId } from '../../../src/shared/contract/media.ts'
import type { OpenProject, Request } from '../../../src/shared/contract/verbs.ts'
import { addSource } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Source } from '../../../src/shared/project/model.ts'
import { defaultPerformance } from '../../../src/shared/project/performance.ts'
import { openWavReader } from '../../../src/main/files/wav-file.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'

const folder = makeTemporaryFolder()
const QUIET_FROM = VOICE_RATE_HZ * 2
/** Two seconds sung, then two of nothing, then half a second sung. */
const stem = Float32Array.from([
  ...sungVoice('lead').subarray(0, QUIET_FROM),
  ...new Float32Array(2 * VOICE_RATE_HZ),
  ...sungVoice('lead').subarray(VOICE_RATE_HZ, VOICE_RATE_HZ * 1.5),
])
let studio: Studio
let project: OpenProject
let source: Source
let singer: Singer

beforeAll(async () => {
  studio = await openStudio(join(folder, 'home'))
  const path = writeUntrainedSinger(join(folder, 'mira.singer'), 'Mira')
  singer = await studio.ask('singer:import', { file: { kind: 'path', path } })
  project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  source = await studio.importPath(project.projectId, writeVoice(join(folder, 'stem.wav'), [stem, stem]))
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

async function rendered(given: Partial<Request<'project:convert'>> = {}): Promise<{ path: string; key: string }> {
  const { render } = await studio.outcome(
    'convert',
    await studio.ask('project:convert', wholeSource(project, source, singer, given)),
  )
  const found = await studio.application.media(renderMediaId(project.projectId, render.key))
  if (!found.ok) throw new Error(found.failure.message)
  return { path: found.value, key: render.key }
}

function samplesOf(path: string): Float32Array[] {
  const reader = openWavReader(path)
  try {
    return reader.read(0, reader.durationSamples + 1)
  } finally {
    reader.close()
  }
}

test.each([
  [0, 1],
  [479, 1439],
  [12_345, 1441],
  [12_345, 30_001],
  [QUIET_FROM - 7, 2 * VOICE_RATE_HZ + 100],
  [0, stem.length],
])('a region from sample %i of %i samples is rendered with exactly its samples', async (sourceStartSamples, count) => {
  const { path } = await rendered({ sourceStartSamples, durationSamples: count })
  expect(samplesOf(path).map(({ length }) => length)).toEqual([count, count])
})

test('silence within a voice stays exactly silent', async () => {
  const [left] = samplesOf((await rendered()).path)
  // The filter's own length rings on behind a voice; nothing may be heard after it, nor before the next voice.
  const inside = left.subarray(QUIET_FROM + VOICE_RATE_HZ / 4, QUIET_FROM + 1.75 * VOICE_RATE_HZ)
  expect(inside.every((sample) => sample === 0)).toBe(true)
  expect(left.subarray(0, QUIET_FROM).some((sample) => Math.abs(sample) > 0.01)).toBe(true)
})

test('a converted voice is not delayed: its level rises and falls with its source', async () => {
  const [left] = samplesOf((await rendered()).path)
  const hop = VOICE_RATE_HZ / 200
  const levels = (samples: Float32Array) =>
    Array.from({ length: Math.floor(samples.length / hop) }, (_, frame) => {
      let power = 0
      for (let index = frame * hop; index < (frame + 1) * hop; index++) power += samples[index] ** 2
      return Math.log10(power + 1e-4)
    })
  const [before, after] = [levels(stem), levels(left)]
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [beforeMean, afterMean] = [mean(before), mean(after)]
  const likeness = (lag: number) =>
    before.reduce(
      (sum, level, frame) => sum + (level - beforeMean) * ((after[frame + lag] ?? afterMean) - afterMean),
      0,
    )
  const lags = Array.from({ length: 41 }, (_, index) => index - 20)
  expect(lags.reduce((best, lag) => (likeness(lag) > likeness(best) ? lag : best), -20)).toBe(0)
})

test('a region without a performance leaves the song bit for bit as it came in', async () => {
  const track = newSourceTrack('lane' as TrackId, 'Lead') // any letters will do for an id
  const region = newRegion({
    id: 'plain' as RegionId,
    trackId: track.id,
    name: 'Plain',
    sourceId: source.id,
    sourceStartSamples: 1234,
    durationSamples: 50_001,
  })
  const document = addRegion(addTrack(addSource(project.document, source), track), region)
  const { files } = await studio.outcome(
    'export',
    await studio.ask('project:export', {
      projectId: project.projectId,
      document,
      options: {
        what: 'selection',
        regionIds: [region.id],
        encoding: 'float32',
        rateHz: null,
        start: 'first-region',
        channels: 'stereo',
        nameTemplate: '{region}',
        folder: join(folder, 'out'),
        writesMetadata: false,
        writesReport: false,
        writesSession: false,
      },
    }),
  )
  const expected = stem.slice(1234, 1234 + 50_001)
  expect(files[0].durationSamples).toBe(50_001)
  for (const side of samplesOf(files[0].path)) expect(Buffer.from(side.buffer)).toEqual(Buffer.from(expected.buffer))
})

test('the same request gives the same key and, in another library and another process, the same bytes', async () => {
  const first = await rendered()
  const other = await openStudio(join(folder, 'other home'))
  try {
    const copy = { kind: 'path' as const, path: join(folder, 'mira.singer') }
    const twin = await other.ask('singer:import', { file: copy })
    const song = await other.ask('project:create', { name: 'Another song', rateHz: VOICE_RATE_HZ })
    const same = await other.importPath(song.projectId, join(folder, 'stem.wav'))
    const job = await other.ask('project:convert', wholeSource(song, same, twin))
    const { render, wasCached } = await other.outcome('convert', job)
    expect(wasCached).toBe(false)
    const found = await other.application.media(renderMediaId(song.projectId, render.key))
    expect(found.ok && readFileSync(found.value).equals(readFileSync(first.path))).toBe(true)
  } finally {
    await other.close()
  }
})

test('whatever decides the sound changes the key, and nothing else does', async () => {
  const { key } = await rendered({ durationSamples: 4000 })
  const performance = defaultPerformance(singer.id)
  const changed = [
    await rendered({ durationSamples: 4001 }),
    await rendered({ durationSamples: 4000, sourceStartSamples: 1 }),
    await rendered({ durationSamples: 4000, performance: { ...performance, strength: 0.25 } }),
    await rendered({ durationSamples: 4000, performance: { ...performance, seed: performance.seed + 1 } }),
  ]
  expect(new Set([key, ...changed.map((one) => one.key)]).size).toBe(5)
  const moved = await rendered({ durationSamples: 4000, regionId: 'elsewhere' as RegionId, regionName: 'Elsewhere' })
  expect(moved.key).toBe(key)
})
