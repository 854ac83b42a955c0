import { zerosLike, type Scalar } from '@tensorflow/tfjs-core'
import { scaled, totalOf } from '../../nn/join.ts'
import { meanSquare } from '../../nn/mean.ts'
import type { FlowOutcome } from './network.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** −ln of the audio's likelihood per sample, in nats, but for the constant of the normal distribution: see `likelihood`. */
export function flowLoss({ z, logDeterminant }: FlowOutcome): Scalar {
  const count = z.reduce((sum, part) => sum + part.size, 0)
  const squares = z.map((part) => scaled(meanSquare(part, zerosLike(part)), (0.5 * part.size) / count))
  return totalOf([...squares, scaled(logDeterminant, -1 / count)])
}

/** ln of the likelihood per sample that a loss stands for. */
export const likelihood = (loss: number): number => -loss - HALF_LOG_TWO_PI
