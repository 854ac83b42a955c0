import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JobId, RegionId, SourceId, TrackId } from '../../../src/shared/base/id.ts'
import type { Singer } from '../../../src/shared/contract/library.ts'
import { renderMediaId, sourceMediaId } from '../../../src/shared/contract/media.ts'
import type { OpenProject, Request } from '../../../src/shared/contract/verbs.ts'
import { addSource } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Project, Source } from '../../../src/shared/project/model.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'
import { ownSingers } from '../../support/own-singers.ts'

// Real engines start here, on a machine that may be busy with the other tests.
vi.setConfig({ testTimeout: 240_000 })

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
let studio: Studio
let project: OpenProject
/** Three minutes: no job on it is over before it is cancelled. */
let long: Source
let short: Source
let singer: Singer
let song: Project
let clipIds: SourceId[]

beforeAll(async () => {
  studio = await openStudio(path('home'))
  const file = { kind: 'path' as const, path: writeUntrainedSinger(path('mira.singer'), 'Mira') }
  singer = await studio.ask('singer:import', { file })
  project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  const { projectId } = project
  long = await studio.importPath(projectId, writeVoice(path('long.wav'), [sungVoice('lead')], VOICE_RATE_HZ, 15))
  short = await studio.importPath(projectId, writeVoice(path('short.wav'), [sungVoice('lead').subarray(0, 12_000)]))
  const part = (seed: number) => [sungVoice('low', seed).subarray(0, 6 * VOICE_RATE_HZ)]
  const paths = [1, 2].map((seed) => writeVoice(path(`clip ${seed}.wav`), part(seed)))
  const files = paths.map((clip) => ({ kind: 'path' as const, path: clip }))
  const { clips } = await studio.outcome('inspect', await studio.ask('singer:inspectClips', { files }))
  clipIds = clips.map(({ clipId }) => clipId)
  const track = newSourceTrack('lane' as TrackId, 'Lead') // any letters will do for an id
  const region = newRegion({
    id: 'all' as RegionId,
    trackId: track.id,
    name: 'All',
    sourceId: long.id,
    durationSamples: long.durationSamples,
  })
  song = addRegion(addTrack(addSource(addSource(project.document, long), short), track), region)
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

const train = (name: string) =>
  studio.ask('singer:train', { name, hueIndex: 1, consent: 'a synthesized voice', clipIds, preset: 'quick', seed: 1 })

const exportSong = (name: string) => {
  const options: Request<'project:export'>['options'] = {
    what: 'mix',
    regionIds: [],
    encoding: 'pcm16',
    rateHz: null,
    start: 'zero',
    channels: 'stereo',
    nameTemplate: '{song}',
    folder: path(name),
    writesMetadata: true,
    writesReport: false,
    writesSession: false,
  }
  return studio.ask('project:export', { projectId: project.projectId, document: song, options })
}

const importFile = (name: string) =>
  studio.ask('project:import', {
    projectId: project.projectId,
    files: [{ kind: 'path', path: path(name) }],
    acceptsTruncated: false,
  })

/** Begun, cancelled in the middle, and told as cancelled before it could say anything else. */
async function cancelInTheMiddle(job: { readonly jobId: JobId }): Promise<void> {
  await studio.underWay(job)
  expect((await studio.jobOf(job.jobId)).state).toBe('running')
  await studio.ask('jobs:cancel', { jobId: job.jobId })
  const ended = await studio.ended(job)
  expect(ended).toMatchObject({ state: 'cancelled', outcome: null, failure: null })
  expect(ended.fraction).toBeLessThan(1)
}

test('a conversion is cancelled in its middle, its lane is free again, and no render is left', async () => {
  await cancelInTheMiddle(await studio.ask('project:convert', wholeSource(project, long, singer)))
  const next = await studio.ask('project:convert', wholeSource(project, short, singer))
  const { render } = await studio.outcome('convert', next)
  const renders = readdirSync(join(studio.paths.unsavedFolder, project.projectId, 'renders'))
  expect(renders.filter((name) => name.endsWith('.wav'))).toEqual([`${render.key}.wav`])
})

test('checking clips is cancelled in its middle, and the next check runs', async () => {
  const check = (name: string) => studio.ask('singer:inspectClips', { files: [{ kind: 'path', path: path(name) }] })
  await cancelInTheMiddle(await check('long.wav'))
  expect((await studio.outcome('inspect', await check('short.wav'))).clips).toHaveLength(1)
})

test('an import is cancelled in its middle, leaves nothing, and the next import runs', async () => {
  const other = sungVoice('harmony')
  writeVoice(path('import.wav'), [other, other], 44_100, 40)
  const folders = ['sources', 'peaks'].map((name) => join(studio.paths.unsavedFolder, project.projectId, name))
  const before = folders.map((name) => readdirSync(name))
  await cancelInTheMiddle(await importFile('import.wav'))
  expect((await studio.importPath(project.projectId, path('short.wav'))).id).toBe(short.id)
  expect(folders.map((name) => readdirSync(name))).toEqual(before)
})

test('an export is cancelled in its middle, leaves nothing, and the next export runs', async () => {
  await cancelInTheMiddle(await exportSong('cancelled'))
  const { files } = await studio.outcome('export', await exportSong('whole'))
  expect(files).toMatchObject([{ durationSamples: long.durationSamples }])
  expect(readdirSync(path('cancelled'))).toEqual([])
})

test('measuring the engines is cancelled, and the workers go on', async () => {
  const job = await studio.ask('engine:measure', {})
  await studio.ask('jobs:cancel', job)
  expect(await studio.ended(job)).toMatchObject({ state: 'cancelled', outcome: null })
  const request = wholeSource(project, short, singer, { durationSamples: 6000 })
  await studio.outcome('convert', await studio.ask('project:convert', request))
})

test('a project that is saved for the first time while it imports and converts gets what was begun before', async () => {
  const unsaved = await studio.ask('project:create', { name: 'Late', rateHz: VOICE_RATE_HZ })
  const { projectId } = unsaved
  const stem = await studio.importPath(projectId, writeVoice(path('stem.wav'), [sungVoice('lead').subarray(0, 96_000)]))
  writeVoice(path('late.wav'), [sungVoice('harmony', 2)], 44_100, 4)
  const files = [{ kind: 'path' as const, path: path('late.wav') }]
  const converting = await studio.ask('project:convert', wholeSource(unsaved, stem, singer))
  await studio.underWay(converting)
  const importing = await studio.ask('project:import', { projectId, files, acceptsTruncated: false })
  await studio.underWay(importing)
  const document = addSource(unsaved.document, stem)
  await studio.ask('project:save', { projectId, document, path: path('Late') })
  expect((await studio.jobOf(converting.jobId)).state).toBe('running')
  const { render } = await studio.outcome('convert', converting)
  const [late] = (await studio.outcome('import', importing)).files
  const places = [
    renderMediaId(projectId, render.key),
    ...(late.isImported ? [sourceMediaId(projectId, late.source.id)] : []),
  ]
  for (const place of places) {
    const found = await studio.application.media(place)
    expect(found.ok && found.value.startsWith(path('Late media'))).toBe(true)
  }
  expect(places).toHaveLength(2)
})

test('while a singer learns and a region converts, the rest answers: import, export, autosave, sound and lists', async () => {
  const training = await train('Bruno')
  await studio.underWay(training)
  const converting = await studio.ask('project:convert', wholeSource(project, long, singer))
  await studio.underWay(converting)
  const states = async () => [(await studio.jobOf(training.jobId)).state, (await studio.jobOf(converting.jobId)).state]

  const { projectId } = project
  expect((await studio.importPath(projectId, path('short.wav'))).id).toBe(short.id)
  await studio.ask('project:autosave', { projectId, document: song, editCount: 1 })
  await studio.ask('project:save', { projectId, document: song, path: path('Song') })
  expect(await studio.application.media(sourceMediaId(projectId, short.id))).toMatchObject({ ok: true })
  expect(await ownSingers(studio.ask('singer:list', {}))).not.toEqual([])
  await studio.outcome('export', await exportSong('meanwhile'))
  // All of that was answered with both still at work: nothing waited for them.
  expect(await states()).toEqual(['running', 'running'])

  await studio.ask('jobs:cancel', { jobId: converting.jobId })
  expect((await studio.ended(converting)).state).toBe('cancelled')
  expect((await studio.jobOf(training.jobId)).state).toBe('running')

  await cancelInTheMiddle(training)
  const renders = join(folder, 'Song media', 'renders')
  expect(existsSync(renders) ? readdirSync(renders).filter((name) => name.includes('.part')) : []).toEqual([])
})

test('a cancelled training leaves no singer and no checkpoint, and its name is free again', async () => {
  const training = await train('Bruno')
  await cancelInTheMiddle(training)
  const kept = join(studio.paths.homeFolder, 'trainings', training.singerId)
  await vi.waitFor(() => expect(existsSync(kept)).toBe(false), { timeout: 60_000 })
  expect((await ownSingers(studio.ask('singer:list', {}))).map(({ name }) => name)).toEqual(['Mira'])
  const again = await train('Bruno')
  await studio.ask('jobs:cancel', again)
  expect((await studio.ended(again)).state).toBe('cancelled')
})
