import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProjectId, RegionId, SourceId, TrackId } from '../../../src/shared/base/id.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { sourceMediaId } from '../../../src/shared/contract/media.ts'
import { verbs, type OpenProject } from '../../../src/shared/contract/verbs.ts'
import { addSource } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Source } from '../../../src/shared/project/model.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'
import { ownSingers } from '../../support/own-singers.ts'

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
let studio: Studio
let project: OpenProject
let source: Source

beforeAll(async () => {
  studio = await openStudio(path('home'))
  project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  const stem = writeVoice(path('stem.wav'), [sungVoice('lead').slice(0, VOICE_RATE_HZ)])
  source = await studio.importPath(project.projectId, stem)
  const document = addSource(project.document, source)
  await studio.ask('project:save', { projectId: project.projectId, document, path: path('Song') })
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

/** Any way a value may be not what it should be. */
const junk: readonly unknown[] = [
  null,
  undefined,
  '',
  '../../nothing/here',
  'x'.repeat(100_000),
  -1,
  1e308,
  NaN,
  [],
  {},
  { __proto__: { polluted: true } },
  { kind: 'path', path: '\0' },
  true,
  'zero\0byte',
]

test('every verb answers junk in every field with a code, and never with a fault of the program', async () => {
  const good: Record<string, unknown> = {
    projectId: project.projectId,
    name: 'A',
    rateHz: 48_000,
    path: path('nowhere'),
  }
  const before = await studio.ask('singer:list', {})
  // These would do what they say with the few good fields of this test.
  const doing = new Set(['project:openDemo', 'project:create', 'engine:measure', 'watch:choose', 'project:close'])
  for (const name of Object.keys(verbs).filter((verb) => !doing.has(verb))) {
    for (const value of junk) {
      for (const request of [
        value,
        { ...good, projectId: value },
        { ...good, path: value, file: value, files: [value] },
      ]) {
        const answer = await studio.application.dispatch(name, request)
        if (!answer.ok) expect([name, value, answer.failure.code]).not.toEqual([name, value, 'program-fault'])
      }
    }
  }
  expect(await studio.ask('singer:list', {})).toEqual(before)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('a project with anything in it replaced is opened as a project or refused with a code', async () => {
  const text = readFileSync(path('Song.understudy'), 'utf8').replaceAll(project.projectId, 'another')
  const random = createRandom(77)
  const seen = new Set<string>()
  for (let round = 0; round < 150; round++) {
    const at = random.integer(text.length)
    const damaged =
      round % 3 === 0
        ? text.slice(0, at)
        : round % 3 === 1
          ? `${text.slice(0, at)}${String.fromCharCode(32 + random.integer(90))}${text.slice(at + 1)}`
          : text.replace(/"[0-9a-f]{64}"/g, JSON.stringify(`../${'0'.repeat(at % 80)}`))
    writeFileSync(path('Damaged.understudy'), damaged)
    const answer = await studio.application.call('project:open', { path: path('Damaged.understudy') })
    seen.add(answer.ok ? 'opened' : answer.failure.code)
    if (!answer.ok) expect(answer.failure.code).toMatch(/^project-(invalid|newer)$/)
  }
  expect(seen).toContain('project-invalid')
})

test('no id leads to a file outside of its media', async () => {
  writeFileSync(path('secret.wav'), 'secret')
  const ids = ['../../secret', `${'../'.repeat(9)}etc/passwd`, '/etc/passwd', `${'a'.repeat(63)}/`, '0'.repeat(63)]
  for (const id of ids) {
    const media = sourceMediaId(project.projectId, id as SourceId) // no source's id at all: that is the claim
    for (const answer of [await studio.application.media(media), await studio.application.peaks(media)]) {
      expect([id, answer.ok]).toEqual([id, false])
    }
    const foreign = sourceMediaId(id as ProjectId, source.id) // no project's id at all: that is the claim
    expect((await studio.application.media(foreign)).ok).toBe(false)
  }
})

test.each([
  '../../escape',
  '/escape',
  '..\\escape',
  'con',
  'a\0b',
  '.',
  '…/…',
  'x'.repeat(300),
  '字'.repeat(300),
  '🎤'.repeat(99),
])('a song called %j is exported into the chosen folder and nowhere else', async (name) => {
  const track = newSourceTrack('lane' as TrackId, name) // any letters will do for an id
  const { id: sourceId, durationSamples } = source
  const region = newRegion({ id: 'all' as RegionId, trackId: track.id, name, sourceId, durationSamples })
  const { projectId } = project
  const document = { ...addRegion(addTrack(addSource(project.document, source), track), region), name }
  const place = path(`out/${createRandom(name.length + name.charCodeAt(0)).integer(1e9)}`)
  const beside = () => readdirSync(folder).sort()
  mkdirSync(path('out'), { recursive: true })
  const before = beside()
  const answer = await studio.application.call('project:export', {
    projectId,
    document,
    options: {
      what: 'mix',
      regionIds: [],
      encoding: 'pcm16',
      rateHz: null,
      start: 'zero',
      channels: 'mono',
      nameTemplate: '{song} {track} {region}',
      folder: place,
      writesMetadata: true,
      writesReport: true,
      writesSession: false,
    },
  })
  if (answer.ok) {
    const { files } = await studio.outcome('export', answer.value)
    for (const file of files) expect(file.path.startsWith(`${place}/`) || file.path.startsWith(`${place}\\`)).toBe(true)
    expect(readdirSync(place).length).toBeGreaterThanOrEqual(files.length)
  } else {
    expect(answer.failure.code).toMatch(/^(project-invalid|request-invalid)$/)
  }
  expect(beside()).toEqual(before)
})

test('a singer file with any byte changed is a singer or refused with a code, and the library holds only singers', async () => {
  const whole = readFileSync(writeUntrainedSinger(path('mira.singer'), 'Mira'))
  const singers = join(path('home'), 'singers')
  const filesOf = () => (existsSync(singers) ? readdirSync(singers).sort() : [])
  const shipped = filesOf()
  const random = createRandom(9)
  for (let round = 0; round < 60; round++) {
    // The header is where lies would do harm: most of the changes go there.
    const at = random.integer(round % 4 === 0 ? whole.length : 2000)
    const bytes = Buffer.from(round % 5 === 0 ? whole.subarray(0, at) : whole)
    if (round % 5 !== 0) bytes[at] = random.integer(256)
    writeFileSync(path('damaged.singer'), bytes)
    const answer = await studio.application.call('singer:import', {
      file: { kind: 'path', path: path('damaged.singer') },
    })
    if (answer.ok) await studio.ask('singer:remove', { singerId: answer.value.id })
    else expect(answer.failure.code).toBe('checkpoint-invalid')
  }
  expect(await ownSingers(studio.ask('singer:list', {}))).toEqual([])
  expect(filesOf()).toEqual(shipped)
})

test('a folder, a device and a link that leads nowhere are no audio, and say so', async () => {
  mkdirSync(path('folder.wav'))
  symlinkSync(path('nowhere'), path('link.wav'))
  const names = ['folder.wav', 'link.wav', ...(process.platform === 'win32' ? [] : ['/dev/null'])]
  const files = names.map((name) => ({ kind: 'path' as const, path: name.startsWith('/') ? name : path(name) }))
  const { projectId } = project
  const job = await studio.ask('project:import', { projectId, files, acceptsTruncated: true })
  for (const file of (await studio.outcome('import', job)).files) {
    expect(file).toMatchObject({
      isImported: false,
      failure: { code: expect.stringMatching(/file-(missing|unreadable)|audio-(unreadable|empty)/) },
    })
  }
})
