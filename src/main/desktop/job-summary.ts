import type { Job } from '../../shared/contract/jobs.ts'

/** No bar: Electron's own value for it. */
const NO_PROGRESS = -1
/** What takes shorter than this, the person has seen end. */
const LONG_JOB_MS = 30_000

/** The mean progress of what runs and waits. */
export function overallFraction(jobs: readonly Pick<Job, 'fraction'>[]): number {
  if (jobs.length === 0) return NO_PROGRESS
  return jobs.reduce((sum, job) => sum + job.fraction, 0) / jobs.length
}

/** Whether a job that just changed is a long one that came to its end. */
export const isWorthNotice = (job: Pick<Job, 'state' | 'createdAtMs' | 'finishedAtMs'>): boolean =>
  (job.state === 'done' || job.state === 'failed') &&
  job.finishedAtMs !== null &&
  job.finishedAtMs - job.createdAtMs >= LONG_JOB_MS
