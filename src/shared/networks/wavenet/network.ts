import type { Tensor3D } from '@tensorflow/tfjs-core'
import { relu } from '../../nn/activation.ts'
import { gate } from '../../nn/gate.ts'
import { addResidual, scaled } from '../../nn/join.ts'
import { convolveCausally, convolveNamed, convolveUnbiased } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { cropChannels, cropTime, padTime } from '../../nn/shape.ts'
import { dilationsOf, type WavenetConfig } from './config.ts'

/** Keeps the variance of a sum of two. */
const RESIDUAL_GAIN = Math.sqrt(0.5)

/**
 * What each sample may be, given all before it.
 * @param x [B, T, inputs], the true samples; the first one is predicted from zeros
 * @param c [B, T, mels], at the rate of the samples: see `stretchMel`
 * @returns [B, T, outputs]
 */
export function predict(x: Tensor3D, c: Tensor3D, parameters: TensorsByName, config: WavenetConfig): Tensor3D {
  return network(cropTime(padTime(x, 1, 0), 0, x.shape[1]), c, parameters, config)
}

/**
 * The same without the delay: output t sees inputs up to t.
 * @param prefix of the parameters' names
 */
export function network(
  x: Tensor3D,
  c: Tensor3D,
  parameters: TensorsByName,
  config: WavenetConfig,
  prefix = '',
): Tensor3D {
  const first = convolveCausally(parameters, `${prefix}in`, x)
  let h = config.firstTaps > 1 ? relu(first) : first
  let skips: Tensor3D | null = null
  const dilations = dilationsOf(config)
  dilations.forEach((dilation, layer) => {
    const { next, skip } = gatedLayer(h, c, parameters, `${prefix}layer${layer}`, dilation)
    h = next
    skips = skips === null ? skip : addResidual(skips, skip)
  })
  const sum = skips ?? h
  const heard = config.isSkipAveraged ? scaled(sum, Math.sqrt(1 / dilations.length)) : sum
  return convolveNamed(parameters, `${prefix}end`, relu(convolveNamed(parameters, `${prefix}head`, relu(heard))))
}

/** What goes on, with what was there before, and what is heard of it. */
export interface GatedOutcome {
  readonly next: Tensor3D
  readonly skip: Tensor3D
}

/** One causal, dilated, gated layer. */
export function gatedLayer(
  x: Tensor3D,
  c: Tensor3D,
  parameters: TensorsByName,
  name: string,
  dilation: number,
): GatedOutcome {
  const told = parameters.has(`${name}/condition/bias`) ? convolveNamed : convolveUnbiased
  return gatedLayerTold(x, told(parameters, `${name}/condition`, c), parameters, name, dilation)
}

/** The same, given what the condition comes to in this layer: [B, T, 2 · gate]. */
export function gatedLayerTold(
  x: Tensor3D,
  condition: Tensor3D,
  parameters: TensorsByName,
  name: string,
  dilation: number,
): GatedOutcome {
  const both = addResidual(convolveCausally(parameters, `${name}/conv`, x, dilation), condition)
  const out = convolveNamed(parameters, `${name}/out`, gate(both))
  const R = x.shape[2]
  return {
    next: scaled(addResidual(x, cropChannels(out, 0, R)), RESIDUAL_GAIN),
    skip: cropChannels(out, R, out.shape[2] - R),
  }
}
