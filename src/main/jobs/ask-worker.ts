import { CancelledError, FailureError } from '../../shared/base/errors.ts'
import type { ComputeResult, ComputeTask } from '../../shared/contract/compute.ts'
import type { ComputePool } from '../compute/workers/pool.ts'

/** Has the interactive worker answer a question that is no job. Throws FailureError and CancelledError. */
export async function askWorker<Kind extends ComputeTask['kind']>(
  pool: ComputePool,
  task: Extract<ComputeTask, { kind: Kind }>,
  interruption?: AbortSignal,
): Promise<Extract<ComputeResult, { kind: Kind }>> {
  const running = pool.run('interactive', task)
  interruption?.addEventListener('abort', running.cancel)
  if (interruption?.aborted) running.cancel()
  const outcome = await running.done
  interruption?.removeEventListener('abort', running.cancel)
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure)
  if (outcome.kind !== 'done') throw new CancelledError()
  // A worker answers a task with the result of its kind: one switch in worker.ts sees to that.
  return outcome.result as Extract<ComputeResult, { kind: Kind }>
}
