import type { ComputeResult, ComputeTask } from '../../shared/contract/compute.ts'
import { CancelledError, FailureError } from '../../shared/base/errors.ts'
import type { TaskListeners } from '../compute/workers/lane-task.ts'
import type { ComputePool, ComputeRole } from '../compute/workers/pool.ts'
import type { Standing } from '../compute/workers/standing.ts'
import type { RunControl } from './work.ts'

type ResultOf<Kind extends ComputeTask['kind']> = Extract<ComputeResult, { kind: Kind }>
export type StepEnd<Kind extends ComputeTask['kind']> =
  { readonly kind: 'done'; readonly result: ResultOf<Kind> } | { readonly kind: 'paused' }

/** Of trainings the first, of work that others wait for as well the second. */
export interface StepOptions {
  readonly onTrainingPoint?: TaskListeners['onTrainingPoint']
  readonly standing?: Standing
}

/**
 * Has a worker do the heavy part of a job: progress and commands pass through. Throws FailureError and
 * CancelledError, like any other step of a job.
 */
export async function computeStep<Kind extends ComputeTask['kind']>(
  pool: ComputePool,
  role: ComputeRole,
  task: Extract<ComputeTask, { kind: Kind }>,
  control: RunControl,
  { onTrainingPoint, standing }: StepOptions = {},
): Promise<StepEnd<Kind>> {
  const listeners: TaskListeners = {
    onProgress: (fraction, phase) => control.progress.report(fraction, phase),
    onRestart: (reason) => control.progress.report(0, `starting again: ${reason}`),
    ...(onTrainingPoint === undefined ? {} : { onTrainingPoint }),
  }
  const running = pool.run(role, task, listeners, standing)
  control.onCommand((wanted) => running[wanted]())
  const outcome = await running.done
  switch (outcome.kind) {
    case 'done':
      // A worker answers a task with the result of its kind: one switch in worker.ts sees to that.
      return { kind: 'done', result: outcome.result as ResultOf<Kind> }
    case 'paused':
      return { kind: 'paused' }
    case 'cancelled':
      throw new CancelledError()
    case 'failed':
      throw new FailureError(outcome.failure)
  }
}
