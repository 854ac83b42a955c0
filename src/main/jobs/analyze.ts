import type { Analysis, AnalyzeRequest } from '../../shared/contract/compute.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import { askWorker } from './ask-worker.ts'

/** Measures one sound, or a part of it, in the interactive worker. Throws FailureError and CancelledError. */
export async function analyze(
  path: string,
  pool: ComputePool,
  interruption: AbortSignal,
  span?: AnalyzeRequest['span'],
): Promise<Analysis> {
  const request = { path, ...(span === undefined ? {} : { span }) }
  const { analysis } = await askWorker(pool, { kind: 'analyze', request }, interruption)
  return analysis
}
