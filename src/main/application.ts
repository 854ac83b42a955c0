import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { FailureError } from '../shared/base/errors.ts'
import { mintId, type JobId } from '../shared/base/id.ts'
import { createRandom } from '../shared/base/random.ts'
import type { Result } from '../shared/base/result.ts'
import type { Analysis } from '../shared/contract/compute.ts'
import type { Job } from '../shared/contract/jobs.ts'
import type { ApplicationEvent, ApplicationInfo, Request, Response, VerbName } from '../shared/contract/verbs.ts'
import type { WatchPower } from '../shared/contract/power.ts'
import type { StartWorker } from './compute/workers/worker-process.ts'
import { createComputeServices } from './compute-services.ts'
import { fileFailure } from './files/file-operations.ts'
import { createRecoveryStore } from './files/recovery.ts'
import type { FarmAddress } from './farm/farm-address.ts'
import { createFarmDoor } from './farm/farm-door.ts'
import { createFarmPool } from './farm/farm-pool.ts'
import { analyze } from './jobs/analyze.ts'
import { describeStoredClip } from './jobs/clip-files.ts'
import { emotionDigest } from './compute/engine-version.ts'
import type { JobContext } from './jobs/job-context.ts'
import { findMedia, findPeaks } from './jobs/media.ts'
import { createOutlineBook } from './jobs/pitch-outlines.ts'
import { createJobQueue } from './jobs/queue.ts'
import { offerShippedSingers } from './jobs/shipped-singers.ts'
import { offerShippedVocoders } from './jobs/shipped-vocoders.ts'
import { describeStoredSinger } from './jobs/singer-files.ts'
import { systemClock, type Lane } from './jobs/work.ts'
import { openLibrary, type Library } from './library/client.ts'
import type { LibraryOptions } from './library/options.ts'
import { createLogger, type Logger } from './logger.ts'
import type { ApplicationPaths } from './paths.ts'
import { removeLeftovers } from './projects/leftovers.ts'
import { createOpenProjects } from './projects/open-projects.ts'
import type { VerbContext } from './verbs/context.ts'
import { isVerbName, parseRequest, unknownVerb } from './verbs/dispatch.ts'
import { outcomeOf, valueOf } from './verbs/outcome.ts'
import { handlers } from './verbs/registry.ts'
import { openWatchBook } from './verbs/watch-book.ts'

/** The application as its hosts see it: verbs in, events out, media by id. */
export interface Application {
  /** A verb from code that the compiler checked. The request is parsed all the same. */
  call<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Result<Response<Name>>>
  /** A verb from outside: neither its name nor its request is believed. */
  dispatch(name: string, request: unknown): Promise<Result<unknown>>
  /** The answer ends the listening. */
  onEvent(listener: (event: ApplicationEvent) => void): () => void
  /** Settles when the job is done, paused, cancelled or failed. */
  jobEnded(jobId: JobId): Promise<Job>
  /** Path of a 32-bit float WAV at the project's rate. */
  media(mediaId: string): Promise<Result<string>>
  /** Path of its peaks pyramid. */
  peaks(mediaId: string): Promise<Result<string>>
  /** Measures a sound; no job, because nothing but the command line asks for it. */
  analyze(mediaId: string, interruption: AbortSignal): Promise<Result<Analysis>>
  /** Stops jobs (trainings keep a checkpoint), waits up to three seconds, closes the library. */
  close(): Promise<void>
}

/** What differs between the hosts. */
export interface HostServices {
  readonly kind: ApplicationInfo['host']
  readonly version: string
  readonly libraryWorkerPath: string
  readonly computeWorkerPath: string
  readonly demoWorkerPath: string
  readonly fork: StartWorker
  readonly watchPower?: WatchPower
  /** Where other machines wait for work; null where everything is done here. */
  readonly farm: FarmAddress | null
}

/** Builds everything behind the verbs. Fails when the library can't be had: another process holds it, or the disk is read-only. */
export function createApplication(paths: ApplicationPaths, services: HostServices): Promise<Result<Application>> {
  const logger = createLogger(paths.logsFolder, services.kind)
  return outcomeOf('Starting', logger, () => build(paths, services, logger))
}

async function build(paths: ApplicationPaths, services: HostServices, logger: Logger): Promise<Application> {
  logger.info(
    `Understudy ${services.version}, ${services.kind}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  )
  const library = await openOwnLibrary(paths, services)
  try {
    return await buildWith(library, paths, services, logger)
  } catch (cause) {
    // Its thread would keep a process that can do nothing.
    await library.close()
    throw cause
  }
}

async function buildWith(
  library: Library,
  paths: ApplicationPaths,
  services: HostServices,
  logger: Logger,
): Promise<Application> {
  const listeners = new Set<(event: ApplicationEvent) => void>()
  const emit = (event: ApplicationEvent) => {
    for (const listener of listeners) listener(event)
  }
  await removeLeftovers(paths)
  await offerShippedSingers(library, paths, logger)
  await offerShippedVocoders(library, paths, logger)
  const {
    roster,
    engine,
    pool: local,
    stop,
  } = createComputeServices({
    paths,
    library,
    logger,
    emit,
    workerPath: services.computeWorkerPath,
    hasWindows: services.kind === 'electron',
    fork: services.fork,
    watchPower: services.watchPower ?? (() => () => {}),
    // A command of one second is over before any test.
    testsAtStart: services.kind !== 'command-line',
  })
  const farm = services.farm && createFarmDoor(services.farm, join(paths.homeFolder, 'farm'))
  const pool = farm
    ? createFarmPool({ local, openFarm: farm.open, shippedEmotions: emotionDigest(paths), logger })
    : local
  const random = createRandom(randomInt(2 ** 32))
  const queue = createJobQueue({
    earlier: (await library.jobs.list()).map(({ job }) => job).reverse(),
    clock: systemClock,
    mintJobId: () => mintId<JobId>(random),
    widthOf: (lane) => (farm === null ? 1 : (tasksAway[lane] ?? 1)),
    onChange: (job) => emit({ kind: 'job-changed', job }),
    save: (job, request) => {
      library.jobs.save(job, request).catch((cause: unknown) => logger.error(`A ${job.kind} job was not saved`, cause))
    },
    logger,
  })
  const watch = await openWatchBook(library, emit)
  const projects = createOpenProjects(paths)
  const ofJobs: JobContext = {
    version: services.version,
    paths,
    library,
    pool,
    engine,
    roster,
    projects,
    farm,
    random,
    logger,
    emit,
  }
  const outlines = createOutlineBook(ofJobs)
  const context: VerbContext = {
    ...ofJobs,
    host: services.kind,
    notices: library.notices,
    toldNotices: library.toldNotices,
    queue,
    outlines,
    recovery: createRecoveryStore(paths.recoveryFolder),
    watch,
    demoWorkerPath: services.demoWorkerPath,
  }
  return {
    call: (name, request) => answer(name, request, context),
    dispatch: async (name, request) => (isVerbName(name) ? answer(name, request, context) : unknownVerb(name)),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    jobEnded: queue.ended,
    media: (mediaId) => outcomeOf('Finding a sound', logger, () => findMedia(mediaId, context)),
    peaks: (mediaId) => outcomeOf('Finding a waveform', logger, () => findPeaks(mediaId, context)),
    analyze: (mediaId, interruption) =>
      outcomeOf('Analyzing', logger, async () => analyze(await findMedia(mediaId, context), pool, interruption)),
    async close() {
      outlines.stop()
      await queue.close(CLOSING_GRACE_MS)
      await farm?.close()
      stop()
      await watch.close()
      await library.close()
    },
  }
}

/** Throws FailureError: library-in-use, library-newer, or what the disk says against the folder. */
async function openOwnLibrary(paths: ApplicationPaths, services: HostServices): Promise<Library> {
  try {
    return valueOf(await openLibrary(libraryOptions(paths, services)))
  } catch (cause) {
    if (cause instanceof FailureError) throw cause
    throw new FailureError(fileFailure(cause, paths.homeFolder, 'write'))
  }
}

const libraryOptions = (paths: ApplicationPaths, services: HostServices): LibraryOptions => ({
  folder: paths.homeFolder,
  workerPath: services.libraryWorkerPath,
  describeSingerFile: describeStoredSinger,
  describeClipFile: describeStoredClip,
  nowMs: Date.now,
})

/** What one program has in the queue of other machines; the rest waits here, where its order can still change. */
const tasksAway: Partial<Record<Lane, number>> = { interactive: 32, training: 4 }
/** How long running work may take to stop before it is ended. */
const CLOSING_GRACE_MS = 3000

async function answer<Name extends VerbName>(
  name: Name,
  request: unknown,
  context: VerbContext,
): Promise<Result<Response<Name>>> {
  const parsed = parseRequest(name, request)
  if (!parsed.ok) return parsed
  return outcomeOf(name, context.logger, () => handlers[name](parsed.value, context))
}
