import { zerosLike, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { scaled, totalOf } from './join.ts'
import { meanSquare } from './mean.ts'

/** What a flow makes of its data. */
export interface FlowOutcome {
  /** In parts, standard normal each. */
  readonly z: readonly Tensor3D[]
  /** Of all items together. */
  readonly logDeterminant: Scalar
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** −ln of the data's likelihood per number, in nats, but for the constant of the normal distribution: see `likelihood`. */
export function flowLoss({ z, logDeterminant }: FlowOutcome): Scalar {
  const count = z.reduce((sum, part) => sum + part.size, 0)
  const squares = z.map((part) => scaled(meanSquare(part, zerosLike(part)), (0.5 * part.size) / count))
  return totalOf([...squares, scaled(logDeterminant, -1 / count)])
}

/** ln of the likelihood per number that a loss stands for. */
export const likelihood = (loss: number): number => -loss - HALF_LOG_TWO_PI
