import type { Tensor3D } from '@tensorflow/tfjs-core'
import { relu } from '../../nn/activation.ts'
import type { Gaussians } from '../../nn/gaussian.ts'
import { addResidual, scaled } from '../../nn/join.ts'
import { convolveNamed, convolveUnbiased } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { cropChannels } from '../../nn/shape.ts'
import { FRAME_SAMPLES } from '../source-filter/config.ts'
import { spreadFrames, toldFeatures } from '../told-features.ts'
import { gatedLayerTold } from '../wavenet/network.ts'
import { dilationsOf, skipGain, type WavenetVocoderConfig } from './config.ts'

/** What the network is given. */
export interface WavenetVocoderInput {
  /** [B, samples, 23]: `teacherForced` */
  readonly heard: Tensor3D
  /** [B, samples / 80 + 5, features], normalized; its third frame is centered at the first sample. */
  readonly features: Tensor3D
}

/** What each sample may be, given all before it: [B, samples, 1] each. */
export const predict = (
  { heard, features }: WavenetVocoderInput,
  parameters: TensorsByName,
  config: WavenetVocoderConfig,
): Gaussians => toldGaussians(heard, toldFeatures(features, parameters), parameters, dilationsOf(config))

/**
 * The causal layers by themselves.
 * @param heard [B, samples, inputs], of sample t only what lies before it
 * @param told [B, samples / 80 + 1, width]: `toldFeatures`
 * @param prefix of the parameters' names
 */
export function toldGaussians(
  heard: Tensor3D,
  told: Tensor3D,
  parameters: TensorsByName,
  dilations: readonly number[],
  prefix = '',
): Gaussians {
  const samples = heard.shape[1]
  let h = convolveNamed(parameters, `${prefix}in`, heard)
  let skips: Tensor3D | null = null
  dilations.forEach((dilation, layer) => {
    const name = `${prefix}layer${layer}`
    const condition = spreadFrames(convolveUnbiased(parameters, `${name}/condition`, told), samples, FRAME_SAMPLES)
    const { next, skip } = gatedLayerTold(h, condition, parameters, name, dilation)
    h = next
    skips = skips === null ? skip : addResidual(skips, skip)
  })
  const sum = scaled(skips ?? h, skipGain(dilations))
  const head = convolveNamed(parameters, `${prefix}head`, relu(sum))
  const out = convolveNamed(parameters, `${prefix}end`, relu(head))
  return { mean: cropChannels(out, 0, 1), logDeviation: cropChannels(out, 1, 1) }
}
