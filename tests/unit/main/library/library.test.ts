import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished, expect, test } from 'vitest'
import { failure, FailureError } from '../../../../src/shared/base/errors.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import type { JobId, ProjectId, RenderKey, SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import { failed, ok } from '../../../../src/shared/base/result.ts'
import type { Library } from '../../../../src/main/library/client.ts'
import { openLibrary } from '../../../../src/main/library/client.ts'
import { databaseFailure } from '../../../../src/main/library/database-failure.ts'
import { databasePath, openDatabase } from '../../../../src/main/library/database.ts'
import { lockPath } from '../../../../src/main/library/lock.ts'
import type { LibraryOptions } from '../../../../src/main/library/options.ts'
import { exampleClip, exampleJob, exampleSinger } from '../../../support/library-records.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const nowMs = Date.UTC(2026, 7, 1, 12, 30, 15)

const optionsFor = (folder: string, more: Partial<LibraryOptions> = {}): LibraryOptions => ({
  folder,
  describeSingerFile: () => Promise.resolve(failed(failure('file-unreadable', 'no singer file was expected here'))),
  describeClipFile: () => Promise.resolve(failed(failure('file-unreadable', 'no clip was expected here'))),
  nowMs: () => nowMs,
  ...more,
})

async function openOrThrow(folder: string, more: Partial<LibraryOptions> = {}): Promise<Library> {
  const opened = await openLibrary(optionsFor(folder, more))
  if (!opened.ok) throw new FailureError(opened.failure)
  onTestFinished(() => opened.value.close())
  return opened.value
}

async function failureCodeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'nothing failed'
}

test('everything kept is there again after closing and opening', async () => {
  const folder = temporaryFolder()
  const first = await openOrThrow(folder)
  const singer = exampleSinger()
  const clip = exampleClip()
  const job = exampleJob({ state: 'done', finishedAtMs: nowMs })
  await first.singers.insert(singer)
  await first.clips.save(clip)
  await first.datasets.insert({ id: 'd1', singerId: singer.id, clipIds: [clip.id], createdAtMs: nowMs })
  await first.jobs.save(job, { kind: 'convert' })
  await first.settings.set('watch-folder', '/songs')
  await first.close()

  const second = await openOrThrow(folder)
  expect(await second.singers.list()).toEqual([singer])
  expect(await second.clips.list()).toEqual([clip])
  expect(await second.datasets.ofSinger(singer.id)).toMatchObject([{ clipIds: [clip.id] }])
  expect(await second.jobs.list()).toEqual([{ job, request: { kind: 'convert' } }])
  expect(await second.settings.get('watch-folder')).toBe('/songs')
  expect(second.notices).toEqual([])
})

test('a name can be taken only once, whatever its capitals, and given back by removing', async () => {
  const library = await openOrThrow(temporaryFolder())
  const other = exampleSinger({ id: 'singer00000000000002' as SingerId, name: 'mira' })
  await library.singers.insert(exampleSinger())
  expect(await failureCodeOf(library.singers.insert(other))).toBe('name-taken')
  await library.singers.insert({ ...other, name: 'José' })
  expect(await failureCodeOf(library.singers.update({ ...other, name: 'Mira' }))).toBe('name-taken')
  await library.singers.update({ ...exampleSinger(), name: 'MIRA' })
  await library.singers.remove(exampleSinger().id)
  await library.singers.update({ ...other, name: 'Mira' })
  expect((await library.singers.list()).map((singer) => singer.name)).toEqual(['Mira'])
})

test('a singer that is not there cannot be changed', async () => {
  const library = await openOrThrow(temporaryFolder())
  expect(await failureCodeOf(library.singers.update(exampleSinger()))).toBe('not-found')
  expect(await library.singers.find(exampleSinger().id)).toBe(null)
})

test('a clip stays while a dataset needs it, and the dataset goes with its singer', async () => {
  const library = await openOrThrow(temporaryFolder())
  const clip = exampleClip()
  await library.singers.insert(exampleSinger())
  await library.clips.save(clip)
  await library.datasets.insert({ id: 'd1', singerId: exampleSinger().id, clipIds: [clip.id], createdAtMs: nowMs })
  expect(await library.clips.remove(clip.id)).toBe(false)
  await library.singers.remove(exampleSinger().id)
  expect(await library.datasets.list()).toEqual([])
  expect(await library.clips.remove(clip.id)).toBe(true)
})

test('a dataset with a clip that is not there is kept in no part', async () => {
  const library = await openOrThrow(temporaryFolder())
  await library.singers.insert(exampleSinger())
  await library.clips.save(exampleClip())
  const clipIds = [exampleClip().id, 'f'.repeat(64) as SourceId]
  const dataset = { id: 'd1', singerId: exampleSinger().id, clipIds, createdAtMs: nowMs }
  await expect(library.datasets.insert(dataset)).rejects.toThrow('FOREIGN KEY')
  expect(await library.datasets.list()).toEqual([])
})

test('a restart tells what was running: a training waits, anything else failed and can be tried again', async () => {
  const folder = temporaryFolder()
  const first = await openOrThrow(folder)
  const training = exampleJob({ id: 'job00000000000000002' as JobId, kind: 'train', title: 'Training Mira' })
  await first.jobs.save(exampleJob(), { kind: 'convert' })
  await first.jobs.save(training)
  await first.jobs.save(exampleJob({ id: 'job00000000000000003' as JobId, state: 'done', finishedAtMs: nowMs }))
  await first.close()

  const second = await openOrThrow(folder)
  expect(second.interruptedJobs).toMatchObject([
    { kind: 'convert', state: 'failed', isRetryable: true, failure: { code: 'job-interrupted' }, finishedAtMs: nowMs },
    { kind: 'train', state: 'paused', isRetryable: true },
  ])
  expect(second.notices).toEqual([
    '“Converting Chorus for Mira” was running when the program ended. Start it again if you want it.',
    '“Training Mira” was running when the program ended. It can go on where it stopped.',
  ])
  expect((await second.jobs.find(exampleJob().id))?.request).toEqual({ kind: 'convert' })
  await second.close()
  expect((await openOrThrow(folder)).notices).toEqual([])
})

test('recent projects come last opened first, each path once, and a lost one is marked', async () => {
  const library = await openOrThrow(temporaryFolder())
  const path = join(temporaryFolder(), 'Song.understudy')
  fs.writeFileSync(path, '{}')
  const project = { projectId: 'p1' as ProjectId, name: 'Song', durationSec: 238.2, singerIds: [], openedAtMs: 1 }
  await library.recents.record({ ...project, path })
  await library.recents.record({ ...project, path: '/gone/Other.understudy', openedAtMs: 2 })
  await library.recents.record({ ...project, path, openedAtMs: 3 })
  expect((await library.recents.list()).map((recent) => [recent.path, recent.isMissing])).toEqual([
    [path, false],
    ['/gone/Other.understudy', true],
  ])
  await library.recents.remove(path)
  expect((await library.recents.list()).length).toBe(1)
})

test('a render is found in its own project first, and in any other after that', async () => {
  const library = await openOrThrow(temporaryFolder())
  const key = 'e'.repeat(64) as RenderKey
  const performance = { ...defaultPerformance(exampleSinger().id), emotion: { emotionId: 'sad', intensity: 0.6 } }
  const stored = {
    key,
    path: '/a.wav',
    bytes: 10,
    render: { key, sourceStartSamples: 0, durationSamples: 9, performance, singerDigest: 'd', semitones: 12 },
    report: {
      renderKey: key,
      durationSamples: 9,
      semitones: 12,
      medianPitchErrorCents: 3,
      voicingDisagreement: 0.01,
      levelChangeDb: 0,
      timingOffsetSamples: 0,
      clippedSampleCount: 0,
      timbre: null,
      renderSec: 1,
    },
    createdAtMs: 1,
    usedAtMs: 1,
  }
  const [own, other] = ['p1' as ProjectId, 'p2' as ProjectId]
  await library.renders.save({ ...stored, projectId: other, usedAtMs: 9 })
  expect((await library.renders.find(key, own))?.projectId).toBe(other)
  await library.renders.save({ ...stored, projectId: own })
  expect(await library.renders.find(key, own)).toEqual({ ...stored, projectId: own })
  await library.renders.touch(key, own, 50)
  expect((await library.renders.ofProject(own))[0].usedAtMs).toBe(50)
  await library.renders.remove(key, own)
  await library.renders.remove(key, other)
  expect(await library.renders.find(key, own)).toBe(null)
})

test('finished jobs do not pile up, and unfinished ones are never forgotten', async () => {
  const library = await openOrThrow(temporaryFolder())
  await library.jobs.save(exampleJob({ id: 'running' as JobId, createdAtMs: 0 }))
  const saves = Array.from({ length: 230 }, (_, index) =>
    library.jobs.save(exampleJob({ id: `job${index}` as JobId, state: 'done', finishedAtMs: index + 1 })),
  )
  await Promise.all(saves)
  const kept = (await library.jobs.list()).map((stored) => stored.job.id)
  expect(kept.length).toBe(201)
  expect(kept).toContain('running')
  expect(kept).not.toContain('job0')
})

test.each([
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY_DBMOVED', 'folder-read-only'],
  ['SQLITE_CANTOPEN', 'folder-read-only'],
  ['SQLITE_CORRUPT_VTAB', 'library-corrupt'],
  ['SQLITE_IOERR_WRITE', 'file-unreadable'],
])('what the disk does to the library is told: %s is %s', (code, told) => {
  expect(databaseFailure(new Database.SqliteError('simulated', code), 'library.sqlite')?.code).toBe(told)
})

test('a statement that is wrong is a bug, and no failure of the disk', () => {
  expect(databaseFailure(new Database.SqliteError('near "SELEC": syntax error', 'SQLITE_ERROR'), 'x')).toBeNull()
})

test('a library whose first writing fails is let go of, and opens as soon as it can be written', async () => {
  const folder = temporaryFolder()
  const first = await openOrThrow(folder)
  await first.jobs.save(exampleJob({ state: 'running' }))
  await first.close()
  const database = new Database(databasePath(folder))
  database.exec(`CREATE TRIGGER spoiled BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'simulated'); END`)
  database.close()
  await expect(openLibrary(optionsFor(folder))).rejects.toThrow('simulated')
  const mended = new Database(databasePath(folder))
  mended.exec('DROP TRIGGER spoiled')
  mended.close()
  expect(await (await openOrThrow(folder)).jobs.list()).toHaveLength(1)
})

test('a second opener is told who holds the library', async () => {
  const folder = temporaryFolder()
  await openOrThrow(folder)
  const second = await openLibrary(optionsFor(folder))
  expect(second.ok).toBe(false)
  if (second.ok) return
  expect(second.failure.code).toBe('library-in-use')
  expect(second.failure.message).toContain(`process ${process.pid} on this machine, since 2026-08-01 12:30`)
})

test('without its lock file a library in use is still refused, by the system’s own lock', async () => {
  const folder = temporaryFolder()
  await openOrThrow(folder)
  fs.rmSync(lockPath(folder))
  const second = await openLibrary(optionsFor(folder))
  expect(second.ok ? 'opened' : second.failure.code).toBe('library-in-use')
})

test('the lock of a process that is dead, or of an earlier one with the same number, is taken over', async () => {
  const folder = temporaryFolder()
  const ended = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => ended.on('exit', resolve))
  const { hostname } = await import('node:os')
  const holder = { pid: ended.pid, host: hostname(), processStart: null, sinceMs: 1 }
  for (const stale of [
    JSON.stringify(holder),
    '{"pid":',
    JSON.stringify({ ...holder, pid: process.pid, processStart: '1' }),
  ]) {
    fs.writeFileSync(lockPath(folder), stale)
    const library = await openOrThrow(folder)
    await library.close()
    expect(fs.existsSync(lockPath(folder))).toBe(false)
  }
})

test('a holder on another machine is named and left alone', async () => {
  const folder = temporaryFolder()
  const holder = JSON.stringify({ pid: 7, host: 'studio-b', processStart: null, sinceMs: 0 })
  fs.writeFileSync(lockPath(folder), holder)
  const opened = await openLibrary(optionsFor(folder))
  expect(opened.ok ? '' : opened.failure.message).toContain('process 7 on studio-b')
  expect(fs.readFileSync(lockPath(folder), 'utf8')).toBe(holder)
})

test('a corrupt library is kept aside and built again from its files, and the person is told', async () => {
  const folder = temporaryFolder()
  const first = await openOrThrow(folder)
  await first.singers.insert(exampleSinger())
  await first.close()
  const bytes = fs.readFileSync(databasePath(folder))
  bytes.fill(0x5a, 4096, 12_288)
  fs.writeFileSync(databasePath(folder), bytes)
  for (const path of ['singers/a.singer', 'singers/b.singer', 'clips/sources/c.wav']) {
    fs.mkdirSync(join(folder, path, '..'), { recursive: true })
    fs.writeFileSync(join(folder, path), 'x')
  }

  const second = await openOrThrow(folder, {
    describeSingerFile: (path) =>
      Promise.resolve(
        path.endsWith('a.singer') ? ok(exampleSinger()) : failed(failure('checkpoint-invalid', 'not a singer')),
      ),
    describeClipFile: () => Promise.resolve(ok(exampleClip())),
  })
  expect(await second.singers.list()).toEqual([exampleSinger()])
  expect(await second.clips.list()).toEqual([exampleClip()])
  expect(second.notices[0]).toContain('1 singer and 1 clip found')
  expect(second.notices[0]).toContain('library.corrupt-2026-08-01T12-30-15.sqlite')
  expect(second.notices[1]).toBe('Not taken over: b.singer: not a singer')
  expect(fs.readFileSync(join(folder, 'library.corrupt-2026-08-01T12-30-15.sqlite'))).toEqual(bytes)
})

test.each([
  ['a job that is no JSON', `UPDATE jobs SET job = replace(job, '"id"', '"i')`],
  ['a job of another id', `UPDATE jobs SET job = json_set(job, '$.id', 'other')`],
  ['a request that is no JSON', `UPDATE jobs SET request = '{'`],
  ['a setting that is no JSON', `UPDATE settings SET value = 'x' || value`],
])('%s passes the database’s own check; the library is set aside all the same, and told', async (_, spoil) => {
  const folder = temporaryFolder()
  const first = await openOrThrow(folder)
  await first.jobs.save(exampleJob(), { asked: true })
  await first.settings.set('theme', 'dark')
  await first.close()
  const database = new Database(databasePath(folder))
  database.exec(spoil)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
  const second = await openOrThrow(folder)
  expect(second.notices.join(' ')).toMatch(/could not be read/)
  expect(await second.jobs.list()).toEqual([])
})

test('a file that is no database at all is kept aside too', async () => {
  const folder = temporaryFolder()
  fs.writeFileSync(
    databasePath(folder),
    'somebody wrote a letter here, long enough to be no header of a database'.repeat(20),
  )
  const library = await openOrThrow(folder)
  expect(library.notices.length).toBe(1)
  expect(await library.singers.list()).toEqual([])
})

test('a library of a newer version is refused and not touched', async () => {
  const folder = temporaryFolder()
  const { database } = openDatabase(folder, nowMs)
  database.pragma('user_version = 99')
  database.close()
  const before = fs.readFileSync(databasePath(folder))
  const opened = await openLibrary(optionsFor(folder))
  expect(opened.ok ? 'opened' : opened.failure.code).toBe('library-newer')
  expect(fs.readFileSync(databasePath(folder))).toEqual(before)
  expect(fs.existsSync(lockPath(folder))).toBe(false)
})

test('another process is named while it lives; killed in the middle of a transaction it leaves what was committed before, and nothing of the rest', async () => {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('in the middle')) resolve()
    })
  })
  const meanwhile = await openLibrary(optionsFor(folder))
  expect(meanwhile.ok ? 'opened' : meanwhile.failure.message).toContain(`process ${child.pid} on this machine`)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('exit', resolve))

  const library = await openOrThrow(folder)
  expect((await library.singers.list()).map((singer) => singer.name)).toEqual(['committed'])
  expect(library.notices).toEqual([
    '“Training Mira” was running when the program ended. It can go on where it stopped.',
  ])
})

test('a call after closing is refused, not lost', async () => {
  const library = await openOrThrow(temporaryFolder())
  await library.close()
  await expect(library.singers.list()).rejects.toThrow('closed')
})
