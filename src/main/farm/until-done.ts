import { CancelledError, FailureError } from '../../shared/base/errors.ts'
import type { ComputeResult } from '../../shared/contract/compute.ts'
import type { RunningTask } from '../compute/workers/lane-task.ts'

/** The result of a task that nobody pauses. Throws FailureError and CancelledError. */
export async function untilDone<Kind extends ComputeResult['kind']>(
  kind: Kind,
  running: RunningTask,
  signal: AbortSignal,
): Promise<Extract<ComputeResult, { kind: Kind }>> {
  signal.addEventListener('abort', running.cancel)
  if (signal.aborted) running.cancel()
  const outcome = await running.done
  signal.removeEventListener('abort', running.cancel)
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure)
  if (outcome.kind !== 'done' || outcome.result.kind !== kind) throw new CancelledError()
  return outcome.result as Extract<ComputeResult, { kind: Kind }> // the kind was just compared
}
