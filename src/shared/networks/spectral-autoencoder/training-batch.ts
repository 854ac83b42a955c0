import type { WeightSums } from './loss.ts'

/** Crops to learn from, item by item, frames at 10 ms, row-major. */
export interface TrainingBatch {
  readonly frameCount: number
  /** [B × T × 57], augmented. */
  readonly encoderInput: Float32Array
  /** [B × T × 3], with its offsets. */
  readonly auxiliary: Float32Array
  /** [B × T × 64], clean. */
  readonly target: Float32Array
  /** Row of the singers' table, per item. */
  readonly singerIndices: readonly number[]
  /** Per item: the file was recorded under 24 kHz, so that its high bands are empty. */
  readonly isNarrow: readonly boolean[]
  /** Of a part: what the weights of the whole batch sum to; its own where nothing is said. */
  readonly weightSums?: WeightSums
}
