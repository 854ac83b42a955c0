import type { Tensor3D } from '@tensorflow/tfjs-core'
import { scaledAndShifted } from '../../nn/flow.ts'
import type { Gaussians } from '../../nn/gaussian.ts'
import { joinChannels } from '../../nn/join.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { toldFeatures } from '../told-features.ts'
import { followedBy, type FlowStep } from '../wavenet/inverse-flow.ts'
import { hear, type Hearing } from '../wavenet-vocoder/hearing.ts'
import { toldGaussians } from '../wavenet-vocoder/network.ts'
import { flowDilations, flowPrefix, type ParallelWavenetConfig } from './config.ts'

/** What the flows are given. */
export interface ParallelWavenetInput {
  /** [B, samples, 1], standard normal */
  readonly noise: Tensor3D
  readonly hearing: Hearing
  /** [B, samples, 1]: as loud as what else comes in */
  readonly pulses: Tensor3D
  /** [B, samples / 80 + 5, features], normalized; its third frame is centered at the first sample. */
  readonly features: Tensor3D
}

/** A draw, and the Gaussians of each of its samples given the noise before it: draw = noise · deviation + mean. */
export interface Sung extends Gaussians {
  /** [B, samples, 1] */
  readonly samples: Tensor3D
}

/** Flows one after the other, each of which scales and shifts every sample by what came before it in the one before. */
export function singInParallel(
  { noise, hearing, pulses, features }: ParallelWavenetInput,
  parameters: TensorsByName,
  config: ParallelWavenetConfig,
): Sung {
  const told = toldFeatures(features, parameters)
  const dilations = flowDilations(config)
  let samples = noise
  let total: FlowStep | null = null
  for (let flow = 0; flow < config.flows; flow++) {
    const heard = joinChannels([hear(samples, hearing), pulses])
    const { mean: shift, logDeviation: logScale } = toldGaussians(heard, told, parameters, dilations, flowPrefix(flow))
    samples = scaledAndShifted(samples, shift, logScale)
    total = followedBy(total, { shift, logScale })
  }
  const { shift: mean, logScale: logDeviation } = total ?? { shift: samples, logScale: samples }
  return { samples, mean, logDeviation }
}
