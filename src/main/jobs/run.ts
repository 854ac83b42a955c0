import type { Progress } from '../../shared/base/progress.ts'
import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Logger } from '../logger.ts'
import type { RunCommand, RunControl, RunEnd, Work } from './work.ts'

/** One execution of a piece of work, on behalf of one job or of several that asked for the same. */
export interface Run {
  readonly work: Work
  /** Smaller starts earlier. */
  place: number
  readonly jobIds: Set<JobId>
  isStarted: boolean
  isCancelled: boolean
  /** Settles when a started run has ended, however. */
  ended: Promise<void>
  readonly commands: RunCommand[]
  readonly listeners: ((command: RunCommand) => void)[]
}

export const createRun = (work: Work, place: number): Run => ({
  work,
  place,
  jobIds: new Set(),
  isStarted: false,
  isCancelled: false,
  ended: Promise.resolve(),
  commands: [],
  listeners: [],
})

/** Tells a run what is wanted of it, once. */
export function command(run: Run, wanted: RunCommand): void {
  if (run.commands.includes(wanted)) return
  run.commands.push(wanted)
  if (wanted === 'cancel') run.isCancelled = true
  for (const listener of run.listeners) listener(wanted)
}

/** Does the work; whatever is thrown becomes an end, because a queue goes on. */
export async function execute(run: Run, report: Progress['report'], logger: Logger): Promise<RunEnd> {
  const control: RunControl = {
    progress: {
      report,
      get isCancelled() {
        return run.isCancelled
      },
    },
    onCommand: (listener) => {
      run.listeners.push(listener)
      for (const earlier of run.commands) listener(earlier)
    },
  }
  try {
    return await run.work.run(control)
  } catch (cause) {
    if (cause instanceof CancelledError) return { kind: 'cancelled' }
    if (cause instanceof FailureError) {
      logger.warn(`A ${run.work.kind} job failed: ${cause.failure.code}`)
      return { kind: 'failed', failure: cause.failure }
    }
    logger.error(`A ${run.work.kind} job ended in a fault`, cause)
    return { kind: 'failed', failure: failure('program-fault', `${run.work.title} ended in a fault of the program.`) }
  }
}
