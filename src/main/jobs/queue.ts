import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { priorities } from '../compute/workers/standing.ts'
import type { Logger } from '../logger.ts'
import { createJobBook, type JobBook } from './job-book.ts'
import { command, createRun, execute, type Run } from './run.ts'
import { lanes, type Clock, type Lane, type RunCommand, type RunEnd, type Work } from './work.ts'

export interface JobQueue {
  list(): readonly Job[]
  add(work: Work): JobId
  /** Work that turned out to be done already (a render in the cache): a job that is finished at once. */
  addDone(work: Omit<Work, 'run'>, end: RunEnd): JobId
  /** Goes on with a paused or failed job. */
  resume(jobId: JobId, work: Work): void
  command(jobId: JobId, wanted: RunCommand): void
  /** Gives waiting work another place in its line, 1 is next; what runs already stays. */
  move(jobId: JobId, place: number): void
  /** Settles when the job is done, paused, cancelled or failed. */
  ended(jobId: JobId): Promise<Job>
  /** Pauses trainings, cancels the rest, waits `graceMs` for them to end; nothing starts any more. */
  close(graceMs: number): Promise<void>
}

export interface JobQueueOptions {
  readonly earlier: readonly Job[]
  readonly clock: Clock
  readonly mintJobId: () => JobId
  /** How many pieces of work a lane does at once: one, unless other machines do them. */
  readonly widthOf?: (lane: Lane) => number
  readonly onChange: (job: Job) => void
  readonly save: (job: Job, request?: unknown) => void
  readonly logger: Logger
}

/** Orders all work: what is heard first, one at a time per lane, the same thing only once. */
export function createJobQueue(options: JobQueueOptions): JobQueue {
  const waiters = new Map<JobId, ((job: Job) => void)[]>()
  const book = createJobBook(options.earlier, {
    clock: options.clock,
    save: options.save,
    onChange: (job) => {
      options.onChange(job)
      if (isUnderWay(job)) return
      for (const settle of waiters.get(job.id) ?? []) settle(job)
      waiters.delete(job.id)
    },
  })
  const runs = new Set<Run>()
  let sequence = 0
  let isClosing = false
  let isClosed = false

  const advance = () => {
    for (const lane of lanes) {
      const free = (options.widthOf?.(lane) ?? 1) - runningCount(runs, lane)
      for (let place = 0; place < free && !isClosing; place++) startNext(lane)
    }
    showPlaces(runs, book)
  }
  const startNext = (lane: Lane) => {
    const run = waitingRuns(runs, lane)[0]
    if (!run) return
    run.isStarted = true
    for (const jobId of run.jobIds) book.start(jobId)
    const report = (fraction: number, phase?: string) => run.jobIds.forEach((id) => book.progress(id, fraction, phase))
    run.ended = execute(run, report, options.logger).then((end) => finishRun(run, end))
  }
  const finishRun = (run: Run, end: RunEnd) => {
    // What ends after the grace was ended from outside; the next start tells what became of it.
    if (isClosed) return
    runs.delete(run)
    for (const jobId of run.jobIds) book.end(jobId, end)
    advance()
  }
  const join = (jobId: JobId, work: Work) => {
    const shared = work.shareKey === null ? undefined : [...runs].find((run) => isShareable(run, work))
    const run = shared ?? createRun(work, placeOf(work, sequence++))
    runs.add(run)
    run.jobIds.add(jobId)
    if (run.isStarted) book.start(jobId)
    advance()
  }
  const cancel = (jobId: JobId) => {
    const run = runOf(runs, jobId)
    if (!run) return
    run.jobIds.delete(jobId)
    if (run.jobIds.size === 0) command(run, 'cancel')
    if (run.jobIds.size === 0 && !run.isStarted) runs.delete(run)
    book.end(jobId, { kind: 'cancelled' })
    advance()
  }
  const replaceOlder = (work: Work) => {
    if (work.replaceKey === null) return
    for (const run of runs) {
      const isOlder = run.work.replaceKey === work.replaceKey && run.work.shareKey !== work.shareKey
      if (isOlder) for (const jobId of [...run.jobIds]) cancel(jobId)
    }
  }

  return {
    list: book.list,
    add(work) {
      if (isClosing) throw closing()
      replaceOlder(work)
      const jobId = options.mintJobId()
      book.open(jobId, work)
      join(jobId, work)
      return jobId
    },
    addDone(work, end) {
      const jobId = options.mintJobId()
      book.open(jobId, { ...work, run: () => Promise.resolve(end) })
      book.end(jobId, end)
      return jobId
    },
    resume(jobId, work) {
      if (isClosing) throw closing()
      book.reopen(jobId)
      join(jobId, work)
    },
    command(jobId, wanted) {
      const run = runOf(runs, jobId)
      if (wanted === 'cancel') {
        if (run) return cancel(jobId)
        if (book.find(jobId)?.state === 'paused') book.end(jobId, { kind: 'cancelled' })
      } else if (run?.isStarted) {
        command(run, wanted)
      } else if (run && wanted === 'finish') {
        command(run, wanted)
      } else if (run && wanted === 'pause') {
        runs.delete(run)
        for (const waiting of run.jobIds) book.end(waiting, { kind: 'paused' })
        advance()
      }
    },
    move(jobId, place) {
      const run = runOf(runs, jobId)
      if (!run || run.isStarted) return
      const others = waitingRuns(runs, run.work.lane).filter((other) => other !== run)
      const index = Math.min(others.length, Math.max(0, place - 1))
      run.place = between(others[index - 1]?.place, others[index]?.place) ?? run.place
      showPlaces(runs, book)
    },
    ended(jobId) {
      const job = book.find(jobId)
      if (job && !isUnderWay(job)) return Promise.resolve(job)
      return new Promise((settle) => waiters.set(jobId, [...(waiters.get(jobId) ?? []), settle]))
    },
    async close(graceMs) {
      isClosing = true
      for (const run of [...runs]) stopForClose(run, runs, book)
      const grace = new Promise<void>((resolve) => options.clock.after(graceMs, resolve))
      await Promise.race([Promise.all([...runs].map((run) => run.ended)), grace])
      isClosed = true
    },
  }
}

export const isUnderWay = (job: Job): boolean => job.state === 'queued' || job.state === 'running'

const runningCount = (runs: ReadonlySet<Run>, lane: Lane): number =>
  [...runs].filter((run) => run.isStarted && run.work.lane === lane).length

const waitingRuns = (runs: ReadonlySet<Run>, lane: Lane): Run[] =>
  [...runs].filter((run) => !run.isStarted && run.work.lane === lane).sort((a, b) => a.place - b.place)

/** First by what waits for it, then in the order in which it was asked for. */
const placeOf = (work: Work, sequence: number): number => priorities[work.priority] * RUNS_PER_PRIORITY + sequence
/** More than anybody starts in one session. */
const RUNS_PER_PRIORITY = 1e9

const isShareable = (run: Run, work: Work): boolean =>
  !run.isCancelled && run.work.lane === work.lane && run.work.shareKey === work.shareKey

const runOf = (runs: ReadonlySet<Run>, jobId: JobId): Run | undefined => [...runs].find((run) => run.jobIds.has(jobId))

function showPlaces(runs: ReadonlySet<Run>, book: JobBook): void {
  for (const lane of lanes) {
    waitingRuns(runs, lane).forEach((run, index) => run.jobIds.forEach((jobId) => book.place(jobId, index + 1)))
  }
}

/** A place after one and before another; undefined where there are no others. */
function between(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined) return after === undefined ? undefined : after - 1
  return after === undefined ? before + 1 : (before + after) / 2
}

/** A training keeps its checkpoint for the next start; anything else is quicker to do again than to keep. */
function stopForClose(run: Run, runs: Set<Run>, book: JobBook): void {
  const isTraining = run.work.kind === 'train'
  if (run.isStarted) return command(run, isTraining ? 'pause' : 'cancel')
  runs.delete(run)
  for (const jobId of run.jobIds) book.end(jobId, { kind: isTraining ? 'paused' : 'cancelled' })
}

const closing = () =>
  new FailureError(failure('job-interrupted', 'Understudy is closing and takes no new work.', 'Start it again.'))
