import type { Scalar } from '@tensorflow/tfjs-core'
import type { Random } from '../../base/random.ts'
import type { TensorsByName } from '../../nn/parameters.ts'

/** What one step of a probe learns from: drawn anew for each step, from the seed and the step's number alone. */
export interface ProbeData {
  readonly random: Random
  /** Normally distributed numbers. */
  normal(count: number): Float32Array
}

/** The smallest network that trains one kind of block: what it gives on an engine is compared with the others'. */
export interface EngineProbe {
  /** The kind of block: `strided-convolution`. */
  readonly id: string
  /** By name, in stored layout. */
  readonly shapes: ReadonlyMap<string, readonly number[]>
  /**
   * @param parameters tensors in compute layout
   * @param weights the same numbers by name, for what is computed beside the tensors
   */
  loss(parameters: TensorsByName, data: ProbeData, weights: ReadonlyMap<string, Float32Array>): Scalar
  /** Brings the weights back to where they may be, in place, after each update. */
  constrain?(weights: ReadonlyMap<string, Float32Array>): void
}
