import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FailureError } from '../../src/shared/base/errors.ts'
import type { JobId, ProjectId } from '../../src/shared/base/id.ts'
import type { Random } from '../../src/shared/base/random.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { OpenProject, Request, Response, VerbName } from '../../src/shared/contract/verbs.ts'
import type { Source } from '../../src/shared/project/model.ts'
import { backupPathOf, mediaFolderOf } from '../../src/main/files/project-file.ts'
import { applicationPaths, type ApplicationPaths } from '../../src/main/paths.ts'
import { startHost, type HostProcess } from '../support/host-process.ts'
import { sourceInstallation } from '../support/opened-application.ts'
import { isRunning } from '../support/process-tree.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../support/sung-voice.ts'
import { removeFolder, makeTemporaryFolder } from '../support/temporary-folder.ts'
import { openDisk, type Disk } from './disk.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { numberOf, songAt } from './song.ts'

/** One person's machine: a disk with a library and a song, the host when it is up, and what it gave its word for. */
export interface Stage {
  /** Not on the disk: what the person brings along. */
  readonly materials: string
  readonly disk: Disk
  readonly paths: ApplicationPaths
  readonly songPath: string
  readonly mediaFolder: string
  readonly outFolder: string
  readonly ledger: Ledger
  readonly projectId: ProjectId
  readonly sources: Source[]
  /** What was found wrong since it was asked last. */
  readonly complaints: string[]
  /** Of the latest start. */
  readonly notices: readonly string[]
  isUp(): boolean
  /** Throws where it is not up. */
  host(): HostProcess
  /** Asks, and takes down a fault of the program. */
  ask<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Response<Name>>
  /** The same for work: settles with how it ended. */
  done(asked: Promise<{ readonly jobId: JobId }>): Promise<Job>
  /** Settles when host and workers are gone. */
  end(way: 'kill' | 'close'): Promise<void>
  start(): Promise<void>
  /** Takes the song up as a person does: what was autosaved where that is offered, else what was saved. */
  openSong(): Promise<void>
  close(): Promise<void>
}

/** Nobody in particular: whoever is root may write everywhere. */
const NOBODY = { uid: 65_534, gid: 65_534 }
const WATCH_MS = 120_000
const movedClock = new URL('../support/moved-clock.mjs', import.meta.url).href

let compiled: string | null = null

/** What hosts and workers have compiled, for those that are started after them: one folder for all stages. */
function compiledFolder(person: typeof NOBODY | undefined): string {
  if (compiled !== null) return compiled
  const folder = makeTemporaryFolder()
  if (person) chownSync(folder, person.uid, person.gid)
  process.on('exit', () => removeFolder(folder))
  return (compiled = folder)
}

/** A library and a song of twelve seconds, saved twice, with the host up. */
export async function openStage(random: Random): Promise<Stage> {
  const place = makeTemporaryFolder()
  const materials = join(place, 'materials')
  const disk = openDisk(place)
  const outFolder = join(disk.folder, 'out')
  const person = process.getuid?.() === 0 ? NOBODY : undefined
  for (const folder of [materials, outFolder]) mkdirSync(folder)
  if (person) for (const folder of [place, disk.folder, outFolder]) chownSync(folder, person.uid, person.gid)
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: join(disk.folder, 'home') })
  const songPath = join(disk.folder, 'Song.understudy')
  const ledger = createLedger()
  const sources: Source[] = []
  const complaints: string[] = []
  let notices: readonly string[] = []
  let host: HostProcess | null = null
  let projectId = '' as ProjectId // known below, before anybody asks

  const { NODE_OPTIONS: options = '', ...others } = disk.environment
  const environment = {
    ...others,
    NODE_OPTIONS: `--import=${movedClock} ${options}`.trim(),
    UNDERSTUDY_BACKEND: 'wasm',
    NODE_COMPILE_CACHE: compiledFolder(person),
  }
  const stage: Stage = {
    materials,
    disk,
    paths,
    songPath,
    mediaFolder: mediaFolderOf(songPath),
    outFolder,
    ledger,
    get projectId() {
      return projectId
    },
    sources,
    complaints,
    get notices() {
      return notices
    },
    isUp: () => host !== null,
    host() {
      if (host === null) throw new Error('the host is not up')
      return host
    },
    async ask(name, request) {
      try {
        return await stage.host().line.ask(name, request)
      } catch (cause) {
        if (cause instanceof FailureError && cause.failure.code === 'program-fault')
          complaints.push(`${name} ended in a fault: ${cause.failure.details ?? cause.failure.message}`)
        throw cause
      }
    },
    async done(asked) {
      const { jobId } = await asked
      ledger.jobs.add(jobId)
      return stage.host().line.ended({ jobId })
    },
    async end(way) {
      const ending = stage.host()
      const workers = ending.workers()
      host = null
      await ending[way]()
      for (const { pid, role } of workers) {
        const isGone = await settles(() => !isRunning(pid))
        if (!isGone) complaints.push(`the ${role} worker of a host that is gone still runs`)
      }
    },
    async start() {
      host = await startHost({
        homeFolder: paths.homeFolder,
        logPath: join(place, 'host.log'),
        environment,
        ...(person === undefined ? {} : { person }),
      })
      notices = (await stage.ask('application:describe', {})).notices
    },
    async openSong() {
      const opened = await openOrItsBackup(stage)
      projectId = opened.projectId
      const offered = (await stage.ask('project:listRecoveries', {})).find((one) => one.projectId === projectId)
      const document = offered ? (await stage.ask('project:recover', { projectId })).document : opened.document
      ledger.opened(numberOf(document))
      // Whoever opened a backup wants the song back.
      if (opened.isBackup) await saveSong(stage)
    },
    async close() {
      if (host !== null) await stage.end('kill')
      disk.free()
      disk.close()
      removeFolder(place)
    },
  }
  await stage.start()
  const created = await stage.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  projectId = created.projectId
  const stem = writeVoice(join(materials, 'stem.wav'), [sungVoice('lead', 1 + random.integer(2))])
  sources.push(await importStem(stage, stem))
  for (let saves = 0; saves < 2; saves++) await saveSong(stage, songPath)
  for (const { id } of await stage.ask('singer:list', {})) ledger.singers.add(id)
  return stage
}

async function openOrItsBackup(stage: Stage): Promise<OpenProject & { readonly isBackup: boolean }> {
  const { songPath } = stage
  try {
    return { ...(await stage.ask('project:open', { path: songPath })), isBackup: false }
  } catch (cause) {
    if (!(cause instanceof FailureError) || cause.failure.code !== 'project-invalid') throw cause
    return { ...(await stage.ask('project:open', { path: backupPathOf(songPath) })), isBackup: true }
  }
}

export async function importStem(stage: Stage, path: string): Promise<Source> {
  const files = [{ kind: 'path' as const, path }]
  const job = await stage.done(
    stage.ask('project:import', { projectId: stage.projectId, files, acceptsTruncated: false }),
  )
  const [file] = job.outcome?.kind === 'import' ? job.outcome.files : []
  if (!file?.isImported)
    throw new FailureError(file?.failure ?? job.failure ?? { code: 'job-interrupted', message: '' })
  return file.source
}

export async function saveSong(stage: Stage, path: string | null = null): Promise<void> {
  const { ledger, projectId, sources } = stage
  const number = ledger.nextNumber()
  ledger.saveTried(number)
  await stage.ask('project:save', { projectId, document: songAt(number, projectId, sources), path })
  ledger.saveTold(number)
}

/** Looks ten times a second; false where it does not come about in that time. */
export async function settles(isSo: () => boolean, withinMs = WATCH_MS): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > deadlineMs) return false
    await new Promise((wake) => setTimeout(wake, 100))
  }
  return true
}

/** Every file below a folder, by its path in it. */
export const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []
