import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job, JobOutcome } from '../../shared/contract/jobs.ts'
import type { Application } from '../application.ts'
import { createProgressDisplay } from './progress-display.ts'
import type { Terminal } from './terminal.ts'

export interface Following {
  readonly terminal: Terminal
  /** Aborted by Ctrl-C: the job is cancelled, and only then the command ends. */
  readonly interruption: AbortSignal
}

/** Watches a job to its end and answers its outcome. Throws FailureError when it failed, CancelledError when it was stopped. */
export async function followJob<Kind extends JobOutcome['kind']>(
  application: Application,
  jobId: JobId,
  kind: Kind,
  { terminal, interruption }: Following,
): Promise<Extract<JobOutcome, { kind: Kind }>> {
  const display = createProgressDisplay(terminal)
  const stopListening = application.onEvent((event) => {
    if (event.kind === 'job-changed' && event.job.id === jobId) display.show(event.job)
  })
  const cancel = () => void application.call('jobs:cancel', { jobId })
  interruption.addEventListener('abort', cancel)
  if (interruption.aborted) cancel()
  try {
    return outcomeOfJob(await application.jobEnded(jobId), kind)
  } finally {
    interruption.removeEventListener('abort', cancel)
    stopListening()
    display.end()
  }
}

function outcomeOfJob<Kind extends JobOutcome['kind']>(job: Job, kind: Kind): Extract<JobOutcome, { kind: Kind }> {
  if (job.failure) throw new FailureError(job.failure)
  if (job.state !== 'done' || !job.outcome) throw new CancelledError()
  // The kind is compared in this line; TypeScript doesn't narrow a union by a generic.
  if (job.outcome.kind === kind) return job.outcome as Extract<JobOutcome, { kind: Kind }>
  throw new FailureError(failure('program-fault', `The job “${job.title}” ended in ${job.outcome.kind}, not ${kind}.`))
}
