import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { joinChannels } from '../../nn/join.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { overTime } from '../../nn/per-item.ts'
import { reshaped } from '../../nn/shape.ts'
import { convolvedMap, gatedMap, normed } from './layers.ts'

/**
 * The trunk F that all heads read.
 * @param x [B, cepstra, T]
 * @returns [B, ⌈cepstra / 8⌉, ⌈T / 8⌉, 8C]
 */
export function features(x: Tensor3D, parameters: TensorsByName): Tensor4D {
  let h = gatedMap(convolvedMap(parameters, 'trunk/0', reshaped<Tensor4D>(x, [...x.shape, 1])))
  for (const name of ['trunk/1', 'trunk/2', 'trunk/3'])
    h = gatedMap(normed(parameters, name, convolvedMap(parameters, name, h, 2)))
  return gatedMap(normed(parameters, 'trunk/4', convolvedMap(parameters, 'trunk/4', h)))
}

/** D_adv: whether it is real. A map of one channel. */
export const judgeReality = (seen: Tensor4D, parameters: TensorsByName): Tensor4D =>
  convolvedMap(parameters, 'heads/adversarial', seen)

/** D_interp: how far from both ends of an interpolation, before the mean over its channels. */
export const judgeInterpolation = (seen: Tensor4D, parameters: TensorsByName): Tensor4D =>
  convolvedMap(parameters, 'heads/interpolation', seen)

/**
 * D_match: whether the second differs from the first by the relative attribute.
 * @param v [B, K]
 */
export function judgeMatch(before: Tensor4D, after: Tensor4D, v: Tensor2D, parameters: TensorsByName): Tensor4D {
  const [B, H, W, C] = before.shape
  const places = (h: Tensor4D) => reshaped<Tensor3D>(h, [B, H * W, C])
  const joined = joinChannels([places(before), places(after), overTime(v, H * W)])
  const h = reshaped<Tensor4D>(joined, [B, H, W, joined.shape[2]])
  return convolvedMap(parameters, 'heads/matching-out', gatedMap(convolvedMap(parameters, 'heads/matching', h)))
}
