import { zerosLike, type Scalar } from '@tensorflow/tfjs-core'
import { scaled, totalOf } from '../../nn/join.ts'
import { meanSquare } from '../../nn/mean.ts'
import type { FlowOutcome } from './network.ts'

/** −ln of the audio's likelihood per sample, but for a constant: z under noise of deviation `sigma`, less the determinants. */
export const flowLoss = ({ z, logDeterminant }: FlowOutcome, sigma: number): Scalar =>
  totalOf([scaled(meanSquare(z, zerosLike(z)), 1 / (2 * sigma ** 2)), scaled(logDeterminant, -1 / z.size)])
