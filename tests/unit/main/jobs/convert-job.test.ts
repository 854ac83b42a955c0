import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import type { ProjectId, RegionId, SingerId } from '../../../../src/shared/base/id.ts'
import { renderMediaId, sourceMediaId } from '../../../../src/shared/contract/media.ts'
import type { Request, VerbName } from '../../../../src/shared/contract/verbs.ts'
import { addSource } from '../../../../src/shared/project/edits/document.ts'
import { defaultPerformance, type BlendPart } from '../../../../src/shared/project/performance.ts'
import { ask as askOf, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { createScriptedWorker } from '../../../support/scripted-worker.ts'
import { writeSungFile, writeUntrainedSinger } from '../../../support/sound-files.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** A worker that holds each conversion until it is told to write silence for it. */
function heldConverter() {
  const { fork, taken, tell } = createScriptedWorker('convert')
  let released = 0
  const release = () => {
    const { taskId, request } = taken.at(released++) ?? expect.fail('nothing is held')
    mkdirSync(dirname(request.outPath), { recursive: true })
    const writer = createWavWriter(request.outPath, { rateHz: 48_000, channelCount: 1, encoding: 'float32' })
    writer.write([new Float32Array(request.durationSamples)])
    writer.finish()
    const distance = { renderDb: 4.5, unconvertedDb: 5.5, itselfDb: 4.2 }
    const singers = [request.singerPath, ...request.blendedSingerPaths].map(() => distance)
    const figures = {
      medianPitchErrorCents: null,
      voicingDisagreement: 0,
      levelChangeDb: 0,
      timingOffsetSamples: 0,
      clippedSampleCount: 0,
      timbre: { singers, source: { renderDb: 5.4, itselfDb: 4.1 } },
      renderSec: 1,
    }
    tell({ kind: 'done', taskId, result: { kind: 'convert', semitones: 0, ...figures } })
  }
  const held = () => taken.slice(released)
  const skip = () => void released++
  return { fork, held, release, skip }
}

async function openSong() {
  const home = temporaryFolder()
  const converter = heldConverter()
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: home })
  const application = await openApplication(paths, converter.fork)
  onTestFinished(() => application.close())
  const ask = <Name extends VerbName>(name: Name, request: Request<Name>) => askOf(application, name, request)
  const project = await ask('project:create', { name: 'Song', rateHz: 48_000 })
  const { projectId } = project
  const files = [{ kind: 'path' as const, path: writeSungFile(join(home, 'lead.wav')) }]
  const importStem = async (into: ProjectId) => {
    const { jobId } = await ask('project:import', { projectId: into, files, acceptsTruncated: false })
    const { outcome } = await application.jobEnded(jobId)
    const [file] = outcome?.kind === 'import' ? outcome.files : []
    if (!file?.isImported) throw new Error('the stem did not come in')
    return file.source
  }
  const source = await importStem(projectId)
  const singerFile = writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')
  const singer = await ask('singer:import', { file: { kind: 'path', path: singerFile } })
  const convert = async (regionName: string, semitones = 0, within = projectId, blend: readonly BlendPart[] = []) => {
    const { jobId } = await ask('project:convert', {
      projectId: within,
      regionId: regionName.toLowerCase() as RegionId, // letters will do for an id
      regionName,
      sourceId: source.id,
      sourceStartSamples: 0,
      durationSamples: 4800,
      performance: { ...defaultPerformance(singer.id), transposition: { kind: 'semitones', semitones }, blend },
    })
    return jobId
  }
  const document = addSource(project.document, source)
  return { home, application, ask, importStem, convert, converter, projectId, document, source, singer }
}

test('saving a song for the first time while it converts keeps source and render', async () => {
  const { home, application, ask, convert, converter, projectId, document, source } = await openSong()
  const jobId = await convert('Verse')
  await expect.poll(() => converter.held().length).toBe(1)
  await ask('project:save', { projectId, document, path: join(home, 'Song.understudy') })
  converter.release()
  const job = await application.jobEnded(jobId)
  expect(job.state).toBe('done')
  if (job.outcome?.kind !== 'convert') throw new Error('no conversion')
  const media = [sourceMediaId(projectId, source.id), renderMediaId(projectId, job.outcome.render.key)]
  for (const id of media) {
    const path = await application.media(id)
    expect(path.ok && path.value.startsWith(join(home, 'Song media')) && existsSync(path.value)).toBe(true)
  }
})

test('two regions that ask for the same sound are rendered once', async () => {
  const { application, convert, converter } = await openSong()
  const jobIds = [await convert('Verse'), await convert('Chorus')]
  await expect.poll(() => converter.held().length).toBe(1)
  converter.release()
  const jobs = await Promise.all(jobIds.map((jobId) => application.jobEnded(jobId)))
  expect(jobs.map(({ state }) => state)).toEqual(['done', 'done'])
  expect(converter.held()).toEqual([])
})

test('a region that asks for something else no longer waits for what it asked before', async () => {
  const { application, convert, converter } = await openSong()
  const older = await convert('Verse', 2)
  await expect.poll(() => converter.held().length).toBe(1)
  const newer = await convert('Verse', 3)
  expect((await application.jobEnded(older)).state).toBe('cancelled')
  await expect.poll(() => converter.held().length).toBe(2)
  converter.skip()
  converter.release()
  expect((await application.jobEnded(newer)).state).toBe('done')
})

test('a blend is sent with the files of all who are heard, and its render keeps the digests of all', async () => {
  const { home, application, ask, convert, converter, projectId, singer } = await openSong()
  const file = { kind: 'path' as const, path: writeUntrainedSinger(join(home, 'jun.singer'), 'Jun') }
  const jun = await ask('singer:import', { file })
  const part = (singerId: SingerId, weight: number): BlendPart => ({ singerId, weight, curve: null })
  const jobId = await convert('Verse', 0, projectId, [part(singer.id, 0), part(jun.id, 0.25)])
  await expect.poll(() => converter.held().length).toBe(1)
  const [{ request }] = converter.held()
  expect(request.singerPath).toContain(singer.id)
  expect(request.blendedSingerPaths).toEqual([expect.stringContaining(jun.id)])
  converter.release()
  const job = await application.jobEnded(jobId)
  expect(job.title).toBe('Converting Verse for Mira + Jun')
  if (job.outcome?.kind !== 'convert') throw new Error('no conversion')
  expect(job.outcome.report.timbre?.singers.map(({ singerId }) => singerId)).toEqual([singer.id, jun.id])
  expect(job.outcome.render.singerDigest).toBe(`${singer.digest}+${jun.digest}`)
})

test('a singer of a blend who is not in the library is named, with the region', async () => {
  const { convert, projectId } = await openSong()
  const absent = { singerId: 'absent' as SingerId, weight: 0.5, curve: null } // letters will do for an id
  await expect(convert('Verse', 0, projectId, [absent])).rejects.toMatchObject({
    failure: { code: 'singer-unknown', message: expect.stringMatching(/absent.*blended into “Verse”/) },
  })
})

test('what a song that was never saved rendered is copied when another asks for the same', async () => {
  const { application, ask, importStem, convert, converter, projectId } = await openSong()
  const jobId = await convert('Verse')
  await expect.poll(() => converter.held().length).toBe(1)
  converter.release()
  const first = await application.jobEnded(jobId)
  await ask('project:close', { projectId })
  const other = await ask('project:create', { name: 'Other', rateHz: 48_000 })
  await importStem(other.projectId)
  const again = await application.jobEnded(await convert('Verse', 0, other.projectId))
  expect(again.outcome).toMatchObject({ ...first.outcome, wasCached: true })
  expect(converter.held()).toEqual([])
  if (again.outcome?.kind !== 'convert') throw new Error('no conversion')
  expect(await application.media(renderMediaId(other.projectId, again.outcome.render.key))).toMatchObject({ ok: true })
})

test('a render that was cut off is not played, and is made again when it is asked for', async () => {
  const { application, convert, converter, projectId } = await openSong()
  const render = async () => {
    const jobId = await convert('Verse')
    await expect.poll(() => converter.held().length).toBe(1)
    converter.release()
    const job = await application.jobEnded(jobId)
    if (job.outcome?.kind !== 'convert') throw new Error('no conversion')
    return { ...job.outcome, mediaId: renderMediaId(projectId, job.outcome.render.key) }
  }
  const { mediaId } = await render()
  const path = await application.media(mediaId)
  if (!path.ok) throw new Error(path.failure.message)
  const whole = readFileSync(path.value)
  for (const left of [whole.length - 400, 20]) {
    truncateSync(path.value, left)
    expect(await application.media(mediaId)).toMatchObject({ ok: false, failure: { code: 'audio-truncated' } })
    expect((await render()).wasCached).toBe(false)
    expect(readFileSync(path.value).equals(whole)).toBe(true)
  }
})

test('closing a song cancels what was done for it', async () => {
  const { application, ask, convert, projectId } = await openSong()
  const jobId = await convert('Verse')
  await ask('project:close', { projectId })
  expect((await application.jobEnded(jobId)).state).toBe('cancelled')
})

test('a preview takes no conversion’s place, is no conversion to the window, and its render serves one later', async () => {
  const { application, ask, convert, converter, projectId, source, singer } = await openSong()
  const running = await convert('Verse', 2)
  await expect.poll(() => converter.held().length).toBe(1)
  const preview = await ask('project:convert', {
    projectId,
    regionId: 'verse' as RegionId, // letters will do for an id
    regionName: 'Verse',
    sourceId: source.id,
    sourceStartSamples: 0,
    durationSamples: 4800,
    performance: { ...defaultPerformance(singer.id), transposition: { kind: 'semitones', semitones: 3 } },
    isPreview: true,
  })
  converter.release()
  expect((await application.jobEnded(running)).state).toBe('done')
  await expect.poll(() => converter.held().length).toBe(1)
  converter.release()
  expect(await application.jobEnded(preview.jobId)).toMatchObject({
    kind: 'audition',
    title: 'Trying Verse for Mira',
    outcome: { kind: 'convert', wasCached: false },
  })
  expect(await application.jobEnded(await convert('Verse', 3))).toMatchObject({ outcome: { wasCached: true } })
})
