import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { RegionId, TrackId } from '../../../src/shared/base/id.ts'
import type { Singer } from '../../../src/shared/contract/library.ts'
import type { OpenProject, Request } from '../../../src/shared/contract/verbs.ts'
import { addSource } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Project, Source } from '../../../src/shared/project/model.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'

// Real training, on a machine that may be busy with the other tests.
vi.setConfig({ testTimeout: 240_000 })

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
const troubleFile = path('trouble.json')
/** The disk of the song and of the library alike; what the tests write themselves lies beside it. */
const disk = path('disk')
const songPath = join(disk, 'Song.understudy')
let studio: Studio
let project: OpenProject
let source: Source
let singer: Singer
let song: Project

const diskFails = (code: 'ENOSPC' | 'EROFS', under = disk): void =>
  writeFileSync(troubleFile, JSON.stringify({ code, under }))
const diskWorks = (): void => rmSync(troubleFile, { force: true })

beforeAll(async () => {
  const failing = join(import.meta.dirname, '../../support/failing-disk.mjs')
  process.env['UNDERSTUDY_TEST_DISK'] = troubleFile
  process.env['NODE_OPTIONS'] = `--import=${pathToFileURL(failing).href}`
  await import(pathToFileURL(failing).href)
  studio = await openStudio(join(disk, 'home'))
  const file = { kind: 'path' as const, path: writeUntrainedSinger(path('mira.singer'), 'Mira') }
  singer = await studio.ask('singer:import', { file })
  project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  source = await studio.importPath(
    project.projectId,
    writeVoice(path('stem.wav'), [sungVoice('lead').slice(0, 3 * VOICE_RATE_HZ)]),
  )
  const track = newSourceTrack('lane' as TrackId, 'Lead') // any letters will do for an id
  const { durationSamples } = source
  const region = newRegion({
    id: 'all' as RegionId,
    trackId: track.id,
    name: 'All',
    sourceId: source.id,
    durationSamples,
  })
  song = addRegion(addTrack(addSource(project.document, source), track), region)
  await studio.ask('project:save', { projectId: project.projectId, document: song, path: songPath })
})
afterEach(diskWorks)
afterAll(async () => {
  diskWorks()
  await studio?.close()
  removeFolder(folder)
})

const everything = (): string[] => readdirSync(join(disk, 'Song media'), { recursive: true }).map(String).sort()

const importStem = (name: string) =>
  studio.ask('project:import', {
    projectId: project.projectId,
    files: [{ kind: 'path', path: path(name) }],
    acceptsTruncated: false,
  })

const exportTo = (place: string) => {
  const options: Request<'project:export'>['options'] = {
    what: 'mix',
    regionIds: [],
    encoding: 'pcm24',
    rateHz: null,
    start: 'zero',
    channels: 'mono',
    nameTemplate: '{song}',
    folder: place,
    writesMetadata: true,
    writesReport: true,
    writesSession: false,
  }
  return studio.ask('project:export', { projectId: project.projectId, document: song, options })
}

const troubles = [
  ['a full disk', 'ENOSPC', 'disk-full', /full|MB are free/, /Free some space/],
  ['a read-only disk', 'EROFS', 'folder-read-only', /read-only/, /Choose another folder/],
] as const

test.each(troubles)(
  '%s: an import says so, leaves nothing behind, and comes in afterwards',
  async (_, code, ...told) => {
    const [failureCode, message, remedy] = told
    const name = `${code}.wav`
    writeVoice(path(name), [sungVoice(code === 'EROFS' ? 'harmony' : 'high').slice(0, VOICE_RATE_HZ)])
    const before = everything()
    diskFails(code)
    const [file] = (await studio.outcome('import', await importStem(name))).files
    if (file.isImported) throw new Error('it came in')
    expect(file.failure).toMatchObject({ code: failureCode, remedy: expect.stringMatching(remedy) })
    expect(file.failure.message).toMatch(message)
    expect(file.failure.message).toContain(name)
    expect(everything()).toEqual(before)
    diskWorks()
    const [again] = (await studio.outcome('import', await importStem(name))).files
    expect(again.isImported).toBe(true)
  },
)

test.each(troubles)('%s: a conversion says so, leaves no render, and may be tried again', async (_, code, ...told) => {
  const [failureCode, message, remedy] = told
  const request = wholeSource(project, source, singer, {
    sourceStartSamples: code === 'EROFS' ? 1 : 0,
    durationSamples: 24_000,
  })
  const before = everything()
  diskFails(code)
  const job = await studio.ended(await studio.ask('project:convert', request))
  expect(job).toMatchObject({ state: 'failed', isRetryable: true, failure: { code: failureCode } })
  expect(job.failure?.message).toMatch(message)
  expect(job.failure?.remedy).toMatch(remedy)
  expect(everything()).toEqual(before)
  diskWorks()
  await studio.outcome('convert', await studio.ask('project:convert', request))
})

test.each(troubles)(
  '%s: a save and an autosave say so, and the last save stays as it was',
  async (_, code, ...told) => {
    const [failureCode, message, remedy] = told
    const { projectId } = project
    const document = { ...song, name: 'Edited' }
    const before = readFileSync(songPath)
    diskFails(code)
    for (const refused of [
      await studio.refusal('project:save', { projectId, document, path: null }),
      await studio.refusal('project:save', { projectId, document, path: join(disk, 'Elsewhere') }),
      await studio.refusal('project:autosave', { projectId, document, editCount: 1 }),
    ]) {
      expect([refused.code, refused.message]).toEqual([failureCode, expect.stringMatching(message)])
      expect(refused.remedy).toMatch(remedy)
    }
    expect(readFileSync(songPath).equals(before)).toBe(true)
    expect(readdirSync(disk).filter((name) => name.includes('.part'))).toEqual([])
    expect(existsSync(join(disk, 'Elsewhere.understudy'))).toBe(false)
    diskWorks()
    await studio.ask('project:autosave', { projectId, document, editCount: 1 })
    await studio.ask('project:save', { projectId, document: song, path: null })
  },
)

test.each(troubles)('%s: an export says so and leaves no file that is not whole', async (_, code, ...told) => {
  const [failureCode, message] = told
  const place = join(disk, `out ${code}`)
  diskFails(code)
  const job = await studio.ended(await exportTo(place))
  expect(job).toMatchObject({ state: 'failed', isRetryable: true, failure: { code: failureCode } })
  expect(job.failure?.message).toMatch(message)
  expect(existsSync(place) ? readdirSync(place) : []).toEqual([])
  diskWorks()
  expect((await studio.outcome('export', await exportTo(place))).files).toHaveLength(1)
})

test.each(troubles)(
  '%s: a singer comes in or goes out whole or not at all, and its name stays free',
  async (_, code, ...told) => {
    const [failureCode] = told
    const file = { kind: 'path' as const, path: writeUntrainedSinger(path('nora.singer'), 'Nora') }
    const singers = join(disk, 'home', 'singers')
    const before = readdirSync(singers)
    diskFails(code)
    expect((await studio.refusal('singer:import', { file })).code).toBe(failureCode)
    const target = join(disk, `${code}.singer`)
    expect((await studio.refusal('singer:export', { singerId: singer.id, path: target })).code).toBe(failureCode)
    expect([readdirSync(singers), existsSync(target), existsSync(`${target}.part`)]).toEqual([before, false, false])
    diskWorks()
    const nora = await studio.ask('singer:import', { file })
    await studio.ask('singer:remove', { singerId: nora.id })
  },
)

test('a disk that fills up while a singer learns ends the training, keeps its checkpoint, and it goes on with room', async () => {
  const files = [1, 2].map((seed) => ({
    kind: 'path' as const,
    path: writeVoice(path(`clip ${seed}.wav`), [sungVoice('low', seed).subarray(0, 6 * VOICE_RATE_HZ)]),
  }))
  const { clips } = await studio.outcome('inspect', await studio.ask('singer:inspectClips', { files }))
  const { jobId, singerId } = await studio.ask('singer:train', {
    name: 'Bruno',
    hueIndex: 1,
    consent: 'a synthesized voice',
    clipIds: clips.map(({ clipId }) => clipId),
    preset: 'quick',
    seed: 7,
  })
  const learning = () => studio.heard((event) => event.kind === 'training-progressed')
  await learning()
  await studio.ask('jobs:pause', { jobId })
  expect((await studio.ended({ jobId })).state).toBe('paused')
  const checkpoint = join(disk, 'home', 'trainings', singerId, 'training.safetensors')
  const kept = readFileSync(checkpoint)

  await studio.ask('jobs:resume', { jobId })
  await learning()
  diskFails('ENOSPC')
  await studio.ask('jobs:pause', { jobId })
  const ended = await studio.ended({ jobId })
  expect(ended).toMatchObject({ state: 'failed', isRetryable: true, failure: { code: 'disk-full' } })
  expect(ended.failure?.remedy).toMatch(/Free some space/)
  expect(readFileSync(checkpoint).equals(kept)).toBe(true)

  diskWorks()
  await studio.ask('jobs:resume', { jobId })
  await learning()
  await studio.ask('jobs:cancel', { jobId })
  expect((await studio.ended({ jobId })).state).toBe('cancelled')
})
