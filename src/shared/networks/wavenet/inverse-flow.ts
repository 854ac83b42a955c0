import type { Tensor3D } from '@tensorflow/tfjs-core'
import { scaledAndShifted } from '../../nn/flow.ts'
import { addResidual } from '../../nn/join.ts'
import { cropTime, padTime } from '../../nn/shape.ts'

/** Shifts and log-scales [B, T, 1] each, of which number t sees inputs up to t. */
export interface FlowStep {
  readonly shift: Tensor3D
  readonly logScale: Tensor3D
}

export interface InverseFlowOutcome {
  /** [B, T, 1]; the first sample is 0. */
  readonly samples: Tensor3D
  /** Of the Gaussians that samples 1 … T − 1 are drawn from: [B, T − 1, 1]. */
  readonly mean: Tensor3D
  readonly logDeviation: Tensor3D
}

/**
 * Inverse autoregressive flows one after the other (Kingma et al. 2016, as ClariNet composes them): each scales and
 * shifts every sample by what came before it, so that all samples are computed at once, and the result is noise · deviation + mean.
 * @param noise [B, T, 1], standard normal
 */
export function inverseFlows(noise: Tensor3D, flows: readonly ((z: Tensor3D) => FlowStep)[]): InverseFlowOutcome {
  const later = noise.shape[1] - 1
  let z = noise
  let total: FlowStep | null = null
  for (const flow of flows) {
    const { shift, logScale } = flow(z)
    const own = { shift: cropTime(shift, 0, later), logScale: cropTime(logScale, 0, later) }
    z = padTime(scaledAndShifted(cropTime(z, 1, later), own.shift, own.logScale), 1, 0)
    total = followedBy(total, own)
  }
  const { shift: mean, logScale: logDeviation } = total ?? { shift: z, logScale: z }
  return { samples: z, mean, logDeviation }
}

/** Two flows as one: a sample that the first and then the next scaled and shifted. */
export const followedBy = (first: FlowStep | null, next: FlowStep): FlowStep =>
  first === null
    ? next
    : {
        shift: scaledAndShifted(first.shift, next.shift, next.logScale),
        logScale: addResidual(first.logScale, next.logScale),
      }
