import { randomInt } from 'node:crypto'
import { failure } from '../shared/base/errors.ts'
import { mintId, type JobId } from '../shared/base/id.ts'
import { createRandom } from '../shared/base/random.ts'
import { failed, type Result } from '../shared/base/result.ts'
import type { Job } from '../shared/contract/jobs.ts'
import type { ApplicationEvent, ApplicationInfo, Request, Response, VerbName } from '../shared/contract/verbs.ts'
import { createJobQueue } from './jobs/queue.ts'
import { systemClock } from './jobs/work.ts'
import { createLogger, type Logger } from './logger.ts'
import type { ApplicationPaths } from './paths.ts'
import { createOpenProjects } from './projects/open-projects.ts'
import type { VerbContext } from './verbs/context.ts'
import { isVerbName, parseRequest, unknownVerb } from './verbs/dispatch.ts'
import { handlers } from './verbs/registry.ts'
import { outcomeOf } from './verbs/outcome.ts'

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
  /** Stops jobs (trainings keep a checkpoint), waits up to three seconds, closes the library. */
  close(): Promise<void>
}

/** What differs between the hosts. */
export interface HostServices {
  readonly kind: ApplicationInfo['host']
  readonly version: string
  readonly libraryWorkerPath: string
  readonly computeWorkerPath: string
}

/** Builds everything behind the verbs. Fails when the library can't be had: another process holds it, or the disk is read-only. */
export function createApplication(paths: ApplicationPaths, services: HostServices): Promise<Result<Application>> {
  const logger = createLogger(paths.logsFolder, services.kind)
  return outcomeOf('Starting', logger, () => build(paths, services, logger))
}

async function build(paths: ApplicationPaths, services: HostServices, logger: Logger): Promise<Application> {
  const listeners = new Set<(event: ApplicationEvent) => void>()
  const emit = (event: ApplicationEvent) => {
    for (const listener of listeners) listener(event)
  }
  const random = createRandom(randomInt(2 ** 32))
  const queue = createJobQueue({
    earlier: [],
    clock: systemClock,
    mintJobId: () => mintId<JobId>(random),
    onChange: (job) => emit({ kind: 'job-changed', job }),
    save: () => {},
    logger,
  })
  const projects = createOpenProjects(paths)
  const context: VerbContext = {
    host: services.kind,
    version: services.version,
    paths,
    queue,
    projects,
    random,
    logger,
    emit,
    notices: [],
  }
  const dispatch = async (name: string, request: unknown): Promise<Result<unknown>> =>
    isVerbName(name) ? answer(name, request, context) : unknownVerb(name)
  return {
    dispatch,
    call: (name, request) => answer(name, request, context),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    jobEnded: queue.ended,
    media: async (mediaId) => failed(failure('not-found', `There is no sound ${mediaId}.`)),
    peaks: async (mediaId) => failed(failure('not-found', `There is no sound ${mediaId}.`)),
    close: () => queue.close(CLOSING_GRACE_MS),
  }
}

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
