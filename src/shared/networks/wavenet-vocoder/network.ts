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
export function predict(
  { heard, features }: WavenetVocoderInput,
  parameters: TensorsByName,
  config: WavenetVocoderConfig,
): Gaussians {
  const samples = heard.shape[1]
  const told = toldFeatures(features, parameters)
  const dilations = dilationsOf(config)
  let h = convolveNamed(parameters, 'in', heard)
  let skips: Tensor3D | null = null
  dilations.forEach((dilation, layer) => {
    const name = `layer${layer}`
    const condition = spreadFrames(convolveUnbiased(parameters, `${name}/condition`, told), samples, FRAME_SAMPLES)
    const { next, skip } = gatedLayerTold(h, condition, parameters, name, dilation)
    h = next
    skips = skips === null ? skip : addResidual(skips, skip)
  })
  const sum = scaled(skips ?? h, skipGain(config))
  const out = convolveNamed(parameters, 'end', relu(convolveNamed(parameters, 'head', relu(sum))))
  return { mean: cropChannels(out, 0, 1), logDeviation: cropChannels(out, 1, 1) }
}
