import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { Progress } from '../../shared/base/progress.ts'
import type { RunningTask, TaskListeners, TaskOutcome } from '../compute/workers/lane-task.ts'
import type { Logger } from '../logger.ts'
import type { QueuedRun, QueuedTask, QueueEnd, QueueListeners, TaskQueue, TaskWish } from './task-queue.ts'

/** A task that is done elsewhere, for the code that sees to it. */
export interface Away {
  /** Of the whole task; a report without a phase goes on in the one before. */
  readonly progress: Progress
  /** Waits in a queue until the task has ended; what the person wants meanwhile reaches whoever works on it. */
  follow(queue: TaskQueue, task: QueuedTask, listeners: QueueListeners): Promise<QueueEnd>
}

/** The rim of a task that is done elsewhere: whatever is thrown becomes an outcome, as a pool's own tasks have it. */
export function startAway(
  listeners: TaskListeners,
  logger: Logger,
  perform: (away: Away) => Promise<TaskOutcome>,
): RunningTask {
  let isCancelled = false
  let run: QueuedRun | null = null
  let phaseNow = ''
  const wishes: TaskWish[] = []
  const wish = (wanted: TaskWish) => {
    wishes.push(wanted)
    run?.wish(wanted)
  }
  const away: Away = {
    progress: {
      report: (fraction, phase = phaseNow) => {
        phaseNow = phase
        listeners.onProgress?.(fraction, phase)
      },
      get isCancelled() {
        return isCancelled
      },
    },
    follow(queue, task, ofQueue) {
      if (isCancelled) throw new CancelledError()
      const own = queue.add(task, ofQueue)
      run = own
      for (const earlier of wishes) own.wish(earlier)
      return own.ended
    },
  }
  const done = perform(away).then(
    (outcome): TaskOutcome => (isCancelled ? { kind: 'cancelled' } : outcome),
    (cause: unknown): TaskOutcome => {
      if (isCancelled || cause instanceof CancelledError) return { kind: 'cancelled' }
      if (cause instanceof FailureError) return { kind: 'failed', failure: cause.failure }
      logger.error('A task for other machines ended in a fault', cause)
      return { kind: 'failed', failure: failure('program-fault', 'The work ended in a fault of the program.') }
    },
  )
  return {
    done,
    cancel() {
      isCancelled = true
      run?.cancel()
    },
    pause: () => wish('pause'),
    finish: () => wish('finish'),
  }
}

/**
 * Tries again where a content was gone from the store by the time it was fetched: whoever misses one takes it off the
 * store's list, so that the next sending sends it. Each may be missing once.
 */
export async function sendingAgain<T>(
  contentCount: number,
  logger: Logger,
  attempt: (isAnew: boolean) => Promise<T>,
): Promise<T> {
  for (let missing = 0; ; missing++) {
    try {
      return await attempt(missing > 0)
    } catch (cause) {
      if (!isLost(cause) || missing > contentCount) throw cause
      logger.warn('What was sent to the store was gone, and is sent again')
    }
  }
}

const isLost = (cause: unknown): boolean =>
  cause instanceof FailureError &&
  (cause.failure.code === 'content-missing' || cause.failure.code === 'content-damaged')
