import type { Progress } from '../../shared/base/progress.ts'
import type { ComputeResult } from '../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import type { Backend } from './engines/backend.ts'

/** What a task gets beside its request. */
export interface TaskContext {
  readonly progress: Progress
  /** @param singerIndex 0 for the request's own singer, then those beside it */
  onTrainingPoint(point: TrainingPoint, singerIndex: number): void
  /** What a training was asked to do next, if anything. */
  readonly wish: 'pause' | 'finish' | null
  /** Lets messages in; to be awaited between steps. */
  breathe(): Promise<void>
  readonly backend: Backend
  readonly modelsFolder: string
  /** Compiled kernels; the reference twins take over where it has none. */
  readonly kernelsFolder: string
  nowMs(): number
  log(line: string): void
}

export type TaskEnd = { readonly kind: 'done'; readonly result: ComputeResult } | { readonly kind: 'paused' }
