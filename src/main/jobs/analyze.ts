import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { Analysis, AnalyzeRequest } from '../../shared/contract/compute.ts'
import type { ComputePool } from '../compute/workers/pool.ts'

/** Measures one sound, or a part of it, in the interactive worker. Throws FailureError and CancelledError. */
export async function analyze(
  path: string,
  pool: ComputePool,
  interruption: AbortSignal,
  span?: AnalyzeRequest['span'],
): Promise<Analysis> {
  const request = { path, ...(span === undefined ? {} : { span }) }
  const running = pool.run('interactive', { kind: 'analyze', request })
  interruption.addEventListener('abort', running.cancel)
  if (interruption.aborted) running.cancel()
  const outcome = await running.done
  interruption.removeEventListener('abort', running.cancel)
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure)
  if (outcome.kind !== 'done') throw new CancelledError()
  if (outcome.result.kind === 'analyze') return outcome.result.analysis
  throw new FailureError(failure('program-fault', `An analysis was answered by ${outcome.result.kind}.`))
}
