import type { Failure, FailureCode } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { createPaceBook, remainingSec, type PaceBook, type RateOrigin } from './remaining-time.ts'
import type { Clock, RunEnd, Work } from './work.ts'

/** A page is told of a job at most this often while it only gets on. */
const PROGRESS_INTERVAL_MS = 100
/** Progress on disk need not be newer than this. */
const SAVE_INTERVAL_MS = 2000
/** Finished jobs that stay in the list. */
const LONGEST_HISTORY = 200

/** Doing it again may succeed without the person changing what they asked for. */
const retryableCodes: ReadonlySet<FailureCode> = new Set([
  'content-damaged',
  'content-missing',
  'disk-full',
  'engine-device-lost',
  'engine-out-of-memory',
  'engine-stopped',
  'engine-unavailable',
  'folder-read-only',
  'job-interrupted',
  'queue-unreachable',
  'store-refused',
  'store-unreachable',
])

export interface JobBookOptions {
  readonly clock: Clock
  readonly onChange: (job: Job) => void
  /** The request comes with the first saving alone. */
  readonly save: (job: Job, request?: unknown) => void
}

interface Page {
  job: Job
  origin: RateOrigin
  pace: PaceBook
  toldAtMs: number
  savedAtMs: number
  takeBackTelling: (() => void) | null
}

/** The jobs as everybody sees them: keeps them, tells changes (progress at most ten times a second) and has them saved. */
export interface JobBook {
  list(): readonly Job[]
  find(jobId: JobId): Job | undefined
  open(jobId: JobId, work: Work): Job
  /** A paused or failed job waits in line again under its old name. */
  reopen(jobId: JobId): void
  start(jobId: JobId): void
  progress(jobId: JobId, fraction: number, phase?: string): void
  end(jobId: JobId, end: RunEnd): void
  place(jobId: JobId, queuePosition: number | null): void
}

export function createJobBook(earlier: readonly Job[], { clock, onChange, save }: JobBookOptions): JobBook {
  const pages = new Map<JobId, Page>()
  const beginning = ({ fraction }: Job) => {
    const origin = { fraction, atMs: clock.nowMs() }
    return { origin, pace: createPaceBook(origin) }
  }
  const openPage = (job: Job): Page => ({
    job,
    ...beginning(job),
    toldAtMs: 0,
    savedAtMs: 0,
    takeBackTelling: null,
  })
  for (const job of earlier) pages.set(job.id, openPage(job))

  const tell = (page: Page) => {
    page.takeBackTelling?.()
    page.takeBackTelling = null
    page.toldAtMs = clock.nowMs()
    onChange(page.job)
  }
  const tellSoon = (page: Page) => {
    const waitMs = page.toldAtMs + PROGRESS_INTERVAL_MS - clock.nowMs()
    if (waitMs <= 0) tell(page)
    else page.takeBackTelling ??= clock.after(waitMs, () => tell(page))
  }
  const keep = (page: Page, request?: unknown) => {
    page.savedAtMs = clock.nowMs()
    save(page.job, request)
  }
  const change = (jobId: JobId, fields: Partial<Job>) => {
    const page = pages.get(jobId)
    if (!page) return
    page.job = { ...page.job, ...fields }
    tell(page)
    keep(page)
  }
  const forgetOldest = () => {
    const finished = [...pages.values()].filter(({ job }) => job.finishedAtMs !== null)
    for (const { job } of finished.slice(0, Math.max(0, finished.length - LONGEST_HISTORY))) pages.delete(job.id)
  }

  return {
    list: () => [...pages.values()].map(({ job }) => job),
    find: (jobId) => pages.get(jobId)?.job,
    open(jobId, work) {
      const page = openPage(newJob(jobId, work, clock.nowMs()))
      pages.set(jobId, page)
      tell(page)
      keep(page, work.request)
      forgetOldest()
      return page.job
    },
    reopen: (jobId) => change(jobId, { state: 'queued', failure: null, finishedAtMs: null, phase: 'waiting' }),
    start(jobId) {
      const page = pages.get(jobId)
      if (page) Object.assign(page, beginning(page.job))
      change(jobId, { state: 'running', phase: 'starting', queuePosition: null })
    },
    progress(jobId, fraction, phase) {
      const page = pages.get(jobId)
      if (page?.job.state !== 'running') return
      const reached = Math.min(1, Math.max(page.job.fraction, fraction))
      page.pace.note(reached, clock.nowMs())
      const left = page.pace.middleSec(reached) ?? remainingSec(page.origin, reached, clock.nowMs())
      const remainingRangeSec = left === null ? null : page.pace.rangeSec(reached)
      page.job = {
        ...page.job,
        fraction: reached,
        phase: phase ?? page.job.phase,
        remainingSec: left,
        remainingRangeSec,
      }
      tellSoon(page)
      if (clock.nowMs() - page.savedAtMs >= SAVE_INTERVAL_MS) keep(page)
    },
    end: (jobId, end) => change(jobId, fieldsOfEnd(end, clock.nowMs())),
    place(jobId, queuePosition) {
      const page = pages.get(jobId)
      if (!page || page.job.queuePosition === queuePosition) return
      page.job = { ...page.job, queuePosition }
      tell(page)
    },
  }
}

const newJob = (id: JobId, work: Work, createdAtMs: number): Job => ({
  id,
  kind: work.kind,
  title: work.title,
  state: 'queued',
  fraction: 0,
  phase: 'waiting',
  remainingSec: null,
  queuePosition: null,
  createdAtMs,
  finishedAtMs: null,
  subject: work.subject,
  ...(work.training === undefined ? {} : { training: work.training }),
  outcome: null,
  failure: null,
  isRetryable: false,
})

function fieldsOfEnd(end: RunEnd, finishedAtMs: number): Partial<Job> {
  const settled = { remainingSec: null, remainingRangeSec: null, queuePosition: null }
  switch (end.kind) {
    case 'done':
      return { ...settled, state: 'done', fraction: 1, phase: 'done', finishedAtMs, outcome: end.outcome }
    case 'paused':
      return { ...settled, state: 'paused', phase: 'paused' }
    case 'cancelled':
      return { ...settled, state: 'cancelled', phase: 'cancelled', finishedAtMs }
    case 'failed':
      return { ...settled, ...fieldsOfFailure(end.failure), finishedAtMs }
  }
}

export const fieldsOfFailure = (failure: Failure) => ({
  state: 'failed' as const,
  phase: 'failed',
  failure,
  isRetryable: retryableCodes.has(failure.code),
})
