import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { elu, relu } from '../../nn/activation.ts'
import { gate } from '../../nn/gate.ts'
import { addResidual, joinChannels } from '../../nn/join.ts'
import { convolveCausally, convolveNamed } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { overTime } from '../../nn/per-item.ts'
import { averagePool, repeatFrames } from '../../nn/resample-time.ts'
import { cropTime, padTime } from '../../nn/shape.ts'
import { alignCornersMatrix, mapTime } from '../../nn/time-map.ts'
import { dilationsOf, type WavenetAutoencoderConfig } from './config.ts'

/**
 * The encoder E: what is sung, without who sings it.
 * @param x [B, T, 1], level / 255 − .5; T a multiple of the hop
 * @returns [B, T / hop, latent]
 */
export function encode(x: Tensor3D, parameters: TensorsByName, config: WavenetAutoencoderConfig): Tensor3D {
  let h = convolveNamed(parameters, 'encoder/in', x) // [B, T, C]
  dilationsOf(config.encoder).forEach((dilation, layer) => {
    const name = `encoder/layer${layer}`
    const inner = convolveNamed(parameters, `${name}/conv`, relu(h), dilation)
    h = addResidual(h, convolveNamed(parameters, `${name}/out`, relu(inner)))
  })
  return averagePool(convolveNamed(parameters, 'encoder/out', h), config.hop)
}

/**
 * What the decoder is told beside the samples.
 * @param z [B, T / hop, latent]
 * @param v [B, singer]
 * @param pitch [B, T, 1], or null for a network without
 * @returns [B, T, condition]
 */
export function condition(z: Tensor3D, v: Tensor2D, pitch: Tensor3D | null, hop: number): Tensor3D {
  const held = repeatFrames(z, hop)
  const parts = [held, overTime(v, held.shape[1])]
  return joinChannels(pitch === null ? parts : [...parts, pitch])
}

/**
 * The decoder D[v]: what the next sample may be. Causal, fed with the true samples, each one later.
 * @param x [B, T, 1], level / 255 − .5; the first sample is predicted from 0
 * @param c [B, T, condition]
 * @returns logits [B, T, 256]
 */
export function decode(
  x: Tensor3D,
  c: Tensor3D,
  parameters: TensorsByName,
  config: WavenetAutoencoderConfig,
): Tensor3D {
  const T = x.shape[1]
  const before = cropTime(padTime(x, 1, 0), 0, T)
  let h = convolveCausally(parameters, 'decoder/in', before) // [B, T, R]
  let skip = convolveNamed(parameters, 'decoder/skip', h) // [B, T, S]
  const dilations = dilationsOf(config.decoder)
  dilations.forEach((dilation, layer) => {
    const name = `decoder/layer${layer}`
    const both = addResidual(
      convolveCausally(parameters, `${name}/conv`, h, dilation),
      convolveNamed(parameters, `${name}/condition`, c),
    )
    const z = gate(both)
    if (layer < dilations.length - 1) h = addResidual(h, convolveNamed(parameters, `${name}/residual`, z))
    skip = addResidual(skip, convolveNamed(parameters, `${name}/skip`, z))
  })
  const told = convolveNamed(parameters, 'decoder/head-condition', c)
  const head = relu(addResidual(convolveNamed(parameters, 'decoder/head', relu(skip)), told))
  return convolveNamed(parameters, 'decoder/logits', head)
}

/**
 * The singer classifier C, which learns against the encoder.
 * @param z [B, T', latent]
 * @returns logits [B, 1, singers]
 */
export function classify(z: Tensor3D, parameters: TensorsByName, config: WavenetAutoencoderConfig): Tensor3D {
  const frames = z.shape[1]
  let h = z
  if (config.classifier === 'pointwise') {
    for (const layer of [0, 1, 2]) h = elu(convolveNamed(parameters, `classifier/layer${layer}`, h))
    return averagePool(convolveNamed(parameters, 'classifier/out', h), frames)
  }
  for (const layer of [0, 1]) h = relu(convolveNamed(parameters, `classifier/layer${layer}`, h))
  return convolveNamed(parameters, 'classifier/out', averagePool(h, frames))
}

/**
 * The pitch regressor P: what of the pitch is left in the latent.
 * @param frameCount of the pitch track
 * @returns [B, frameCount, 1]
 */
export function regress(z: Tensor3D, parameters: TensorsByName, frameCount: number): Tensor3D {
  let h = z
  for (const layer of [0, 1]) h = relu(convolveNamed(parameters, `regressor/layer${layer}`, h))
  return mapTime(convolveNamed(parameters, 'regressor/out', h), alignCornersMatrix(z.shape[1], frameCount))
}

/** The sample that a level is to the networks. */
export const levelInput = (level: number): number => level / 255 - 0.5
