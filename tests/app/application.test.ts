import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JobId, RegionId, TrackId } from '../../src/shared/base/id.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import { renderMediaId, sourceMediaId } from '../../src/shared/contract/media.ts'
import type { Singer } from '../../src/shared/contract/library.ts'
import type { OpenProject, Request, VerbName } from '../../src/shared/contract/verbs.ts'
import { addSource } from '../../src/shared/project/edits/document.ts'
import { setRender } from '../../src/shared/project/edits/performance.ts'
import { addRegion, newRegion } from '../../src/shared/project/edits/regions.ts'
import { addTrack, newSingerTrack } from '../../src/shared/project/edits/tracks.ts'
import type { Source } from '../../src/shared/project/model.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import { openWavReader } from '../../src/main/files/wav-file.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'
import { ask as askOf } from '../support/opened-application.ts'
import { writeSungFile, writeUntrainedSinger } from '../support/sound-files.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'
import { ownSingers } from '../support/own-singers.ts'

let host: TestHost
let folder: string
let stem: string
beforeAll(async () => {
  folder = makeTemporaryFolder()
  stem = writeSungFile(join(folder, 'lead.wav'), 44_100)
  host = await startTestHost()
})
afterAll(async () => {
  await host?.close()
  removeFolder(folder)
})

const ask = <Name extends VerbName>(name: Name, request: Request<Name>) => askOf(host.application, name, request)

const codeOf = async <Name extends VerbName>(name: Name, request: Request<Name>) => {
  const outcome = await host.application.call(name, request)
  return outcome.ok ? 'ok' : outcome.failure.code
}

const ended = ({ jobId }: { readonly jobId: JobId }): Promise<Job> => host.application.jobEnded(jobId)

async function importStem(project: OpenProject, path = stem): Promise<Source> {
  const files = [{ kind: 'path' as const, path }]
  const { projectId } = project
  const job = await ended(await ask('project:import', { projectId, files, acceptsTruncated: false }))
  const [file] = job.outcome?.kind === 'import' ? job.outcome.files : []
  if (!file?.isImported) throw new Error(`the stem did not come in: ${JSON.stringify(job)}`)
  return file.source
}

const newProject = (name = 'Song') => ask('project:create', { name, rateHz: 48_000 })
const regionId = 'chorus' as RegionId // any letters will do for an id

function convertRequest(project: OpenProject, source: Source, singer: Singer): Request<'project:convert'> {
  return {
    projectId: project.projectId,
    regionId,
    regionName: 'Chorus',
    sourceId: source.id,
    sourceStartSamples: 4800,
    durationSamples: 40_000,
    performance: defaultPerformance(singer.id),
  }
}

describe('a song from stem to export', () => {
  let singer: Singer
  beforeAll(async () => {
    const path = writeUntrainedSinger(join(folder, 'mira.singer'), 'Mira')
    singer = await ask('singer:import', { file: { kind: 'path', path } })
  })

  test('converts, answers the same request from the cache, saves with its media, and exports exact lengths', async () => {
    const project = await newProject()
    const source = await importStem(project)
    const first = await ended(await ask('project:convert', convertRequest(project, source, singer)))
    expect(first).toMatchObject({ state: 'done', outcome: { kind: 'convert', wasCached: false } })
    const second = await ended(await ask('project:convert', convertRequest(project, source, singer)))
    expect(second).toMatchObject({ state: 'done', outcome: { kind: 'convert', wasCached: true } })
    if (first.outcome?.kind !== 'convert' || second.outcome?.kind !== 'convert') throw new Error('no conversion')
    const { render } = first.outcome
    expect(second.outcome.render).toEqual(render)

    const track = newSingerTrack('miratrack' as TrackId, 'Mira', singer.id)
    const region = newRegion({
      id: regionId,
      trackId: track.id,
      name: 'Chorus',
      sourceId: source.id,
      sourceStartSamples: 4800,
      startSamples: 9600,
      durationSamples: 40_000,
      performance: defaultPerformance(singer.id),
    })
    const arranged = addRegion(addTrack(addSource(project.document, source), track), region)
    const document = setRender(arranged, regionId, render)
    const { projectId } = project
    const { path } = await ask('project:save', { projectId, document, path: join(folder, 'Song') })
    expect(path).toBe(join(folder, 'Song.understudy'))

    const media = await host.application.media(renderMediaId(projectId, render.key))
    expect(media).toEqual({ ok: true, value: join(folder, 'Song media', 'renders', `${render.key}.wav`) })
    const peaks = await host.application.peaks(sourceMediaId(projectId, source.id))
    expect(peaks.ok && existsSync(peaks.value)).toBe(true)

    const options: Request<'project:export'>['options'] = {
      what: 'stems',
      regionIds: [],
      encoding: 'pcm24',
      rateHz: null,
      start: 'zero',
      channels: 'mono',
      nameTemplate: '{song} {track}',
      folder: join(folder, 'out'),
      writesMetadata: true,
      writesReport: true,
      writesSession: false,
    }
    const exported = await ended(await ask('project:export', { projectId, document, options }))
    const files = exported.outcome?.kind === 'export' ? exported.outcome.files : []
    expect(files).toMatchObject([{ path: join(folder, 'out', 'Song Mira.wav'), durationSamples: 49_600 }])
    const reader = openWavReader(files[0].path)
    reader.close()
    expect([reader.durationSamples, reader.rateHz]).toEqual([49_600, 48_000])
    expect(readFileSync(join(folder, 'out', 'Song export.json'), 'utf8')).toContain('"singer": "Mira"')

    await ask('project:close', { projectId })
    const reopened = await ask('project:open', { path })
    expect(reopened.document).toEqual(document)
    expect(reopened.missingSourceIds).toEqual([])
    expect((await ask('project:listRecent', {}))[0]).toMatchObject({ path, name: 'Song', singerIds: [singer.id] })
    await ask('project:close', { projectId })
  })

  test('a singer is exported and comes back as the same voice under another name', async () => {
    await ask('singer:rename', { singerId: singer.id, name: 'Mira Two' })
    const { path } = await ask('singer:export', { singerId: singer.id, path: join(folder, 'renamed') })
    await ask('singer:rename', { singerId: singer.id, name: 'Mira' })
    const copy = await ask('singer:import', { file: { kind: 'path', path } })
    expect(copy).toMatchObject({ name: 'Mira Two', origin: 'imported', medianHz: singer.medianHz })
    await ask('singer:remove', { singerId: copy.id })
    expect((await ownSingers(ask('singer:list', {}))).map(({ name }) => name)).toEqual(['Mira'])
  })

  test('an unknown singer, a source that is gone and a project that is not open are refused with their codes', async () => {
    const project = await newProject()
    const source = await importStem(project)
    const request = convertRequest(project, source, singer)
    const stranger = { ...singer, id: 'nobody' as Singer['id'] }
    expect(await codeOf('project:convert', convertRequest(project, source, stranger))).toBe('singer-unknown')
    const media = await host.application.media(sourceMediaId(project.projectId, source.id))
    if (media.ok) rmSync(media.value)
    expect(await codeOf('project:convert', request)).toBe('file-missing')
    await ask('project:close', { projectId: project.projectId })
    expect(await codeOf('project:convert', request)).toBe('not-found')
  })
})

test('one bad file does not stop the others, and says what is wrong with it', async () => {
  const project = await newProject()
  const letter = join(folder, 'letter.wav')
  writeFileSync(letter, 'no sound')
  const files = [letter, stem].map((path) => ({ kind: 'path' as const, path }))
  const { projectId } = project
  const job = await ended(await ask('project:import', { projectId, files, acceptsTruncated: false }))
  expect(job).toMatchObject({
    state: 'done',
    outcome: {
      files: [
        { fileName: 'letter.wav', isImported: false, failure: { code: 'audio-unreadable' } },
        { isImported: true },
      ],
    },
  })
  await ask('project:close', { projectId })
})

test('a project that was never saved is recovered with its media, and gone once it is closed', async () => {
  const project = await newProject('Unsaved')
  const source = await importStem(project)
  const { projectId } = project
  const document = addSource(project.document, source)
  await ask('project:autosave', { projectId, document, editCount: 3 })
  expect(await ask('project:listRecoveries', {})).toMatchObject([{ projectId, name: 'Unsaved', editCount: 3 }])
  const recovered = await ask('project:recover', { projectId })
  expect(recovered).toMatchObject({ wasRecovered: true, path: null, missingSourceIds: [], document })
  await ask('project:close', { projectId })
  expect(await ask('project:listRecoveries', {})).toEqual([])
  expect(existsSync(join(host.paths.unsavedFolder, projectId))).toBe(false)
})

test('a copy of a song that is open is a song of its own, and each keeps its media and its place', async () => {
  const project = await newProject('Original')
  const source = await importStem(project)
  const path = join(folder, 'Original.understudy')
  const copyPath = join(folder, 'Copy.understudy')
  const document = addSource(project.document, source)
  await ask('project:save', { projectId: project.projectId, document, path })
  cpSync(path, copyPath)
  cpSync(join(folder, 'Original media'), join(folder, 'Copy media'), { recursive: true })
  const copy = await ask('project:open', { path: copyPath })
  expect(copy).toMatchObject({ copyOf: path, path: copyPath, missingSourceIds: [], document: { name: 'Original' } })
  expect(copy.projectId).not.toBe(project.projectId)
  expect(copy.document.id).toBe(copy.projectId)
  const mediaOf = (projectId: OpenProject['projectId']) => host.application.media(sourceMediaId(projectId, source.id))
  expect(await mediaOf(project.projectId)).toMatchObject({ value: expect.stringContaining('Original media') as string })
  expect(await mediaOf(copy.projectId)).toMatchObject({ value: expect.stringContaining('Copy media') as string })
  const written = readFileSync(copyPath, 'utf8')
  const saved = await ask('project:save', { projectId: project.projectId, document, path: null })
  expect(saved.path).toBe(path)
  expect(readFileSync(copyPath, 'utf8')).toBe(written)
  for (const { projectId } of [project, copy]) await ask('project:close', { projectId })
  // Told once; from then on it is known by its own id, and the original by the old one.
  expect(await ask('project:open', { path: copyPath })).toMatchObject({ copyOf: null, projectId: copy.projectId })
  expect(await ask('project:open', { path })).toMatchObject({ copyOf: null, projectId: project.projectId })
  for (const { projectId } of [project, copy]) await ask('project:close', { projectId })
})

test('a song that was moved while it was closed keeps its id', async () => {
  const { projectId, document } = await newProject('Mover')
  const path = join(folder, 'Here.understudy')
  await ask('project:save', { projectId, document, path })
  await ask('project:close', { projectId })
  const moved = join(folder, 'There.understudy')
  renameSync(path, moved)
  expect(await ask('project:open', { path: moved })).toMatchObject({ copyOf: null, projectId })
  await ask('project:close', { projectId })
})

test('a document of another project, or one that is none, is never saved', async () => {
  const project = await newProject()
  const other = await newProject()
  const { projectId } = project
  const path = join(folder, 'wrong.understudy')
  expect(await codeOf('project:save', { projectId, document: other.document, path })).toBe('request-invalid')
  const broken = { ...project.document, tracks: 'none' } as unknown as OpenProject['document']
  expect(await codeOf('project:save', { projectId, document: broken, path })).toBe('project-invalid')
  expect(existsSync(path)).toBe(false)
})

test('the demo song opens with two stems that sound together, and a singer that came with the program', async () => {
  const demo = await ask('project:openDemo', {})
  expect(demo.document.tracks.map(({ kind }) => kind)).toEqual(['source', 'singer', 'source'])
  expect(demo.missingSourceIds).toEqual([])
  expect(Object.values(demo.document.regions).length).toBeGreaterThanOrEqual(2)
  await ask('project:close', { projectId: demo.projectId })
})

test('a hostile singer file is refused before anything is stored', async () => {
  const path = join(folder, 'hostile.singer')
  writeFileSync(path, Buffer.from([255, 255, 255, 255, 255, 255, 255, 127, 123]))
  expect(await codeOf('singer:import', { file: { kind: 'path', path } })).toBe('checkpoint-invalid')
})

test('an upload that never came is told as missing', async () => {
  const file = { kind: 'upload' as const, uploadId: '0'.repeat(32), fileName: 'mira.singer' }
  expect(await codeOf('singer:import', { file })).toBe('file-missing')
})

test('a folder is listed with what was asked for', async () => {
  const listed = await ask('folder:list', { path: folder, extensions: ['singer'] })
  expect(listed.entries.filter((entry) => !entry.isFolder).every(({ name }) => name.endsWith('.singer'))).toBe(true)
  expect(await codeOf('folder:list', { path: join(folder, 'nowhere'), extensions: [] })).toBe('file-missing')
})

test('training on clips that are not in the library is refused', async () => {
  const clipIds = ['0'.repeat(64) as Source['id']]
  const request = { name: 'Nobody', hueIndex: 0, consent: 'mine', clipIds, preset: 'quick' as const, seed: 1 }
  expect(await codeOf('singer:train', request)).toBe('not-found')
})
