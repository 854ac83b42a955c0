import type { Tensor3D } from '@tensorflow/tfjs-core'
import { relu } from '../nn/activation.ts'
import { convolveValid } from '../nn/conv.ts'
import { biasOf, weightOf } from '../nn/named-layers.ts'
import type { TensorsByName } from '../nn/parameters.ts'
import { upsampleLinear } from '../nn/resample-time.ts'
import { cropTime } from '../nn/shape.ts'
import { GROUPS_PER_FRAME } from './source-filter/config.ts'

/**
 * What a vocoder makes of its features: two convolutions of three taps.
 * @param features [B, frames + 5, features]
 * @returns [B, frames + 1, width]
 */
export function toldFeatures(features: Tensor3D, parameters: TensorsByName): Tensor3D {
  const layer = (name: string, x: Tensor3D) =>
    relu(convolveValid(x, weightOf(parameters, name), biasOf(parameters, name)))
  return layer('condition1', layer('condition0', features))
}

/**
 * From frames to `count` places, `perFrame` of them in each. A frame is centered at its first sample; half-pixel
 * interpolation centers it half a frame later, so that as many are cut off, and with them all that is held at an end.
 */
export const spreadFrames = (frames: Tensor3D, count: number, perFrame: number): Tensor3D =>
  cropTime(upsampleLinear(frames, perFrame), perFrame / 2, count)

export const spreadToGroups = (frames: Tensor3D, groups: number): Tensor3D =>
  spreadFrames(frames, groups, GROUPS_PER_FRAME)
