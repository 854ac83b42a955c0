import type { Tensor, Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { convolve2d } from '../../nn/conv-2d.ts'
import { gatedLinear } from '../../nn/gate.ts'
import { instanceNorm } from '../../nn/instance-norm.ts'
import { biasOf, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { reshaped } from '../../nn/shape.ts'

/** The layers that generator and discriminator are made of, each with its parameters by name. */

export const convolvedMap = (parameters: TensorsByName, name: string, x: Tensor4D, stride = 1): Tensor4D =>
  convolve2d(x, weightOf(parameters, name), biasOf(parameters, name), stride)

export const normed = <Kind extends Tensor>(parameters: TensorsByName, name: string, h: Kind): Kind =>
  instanceNorm(
    h,
    parameterOf<Tensor1D>(parameters, `${name}/gain`),
    parameterOf<Tensor1D>(parameters, `${name}/offset`),
  )

/** The gated linear unit over the last axis of a map. */
export function gatedMap(h: Tensor4D): Tensor4D {
  const [B, H, W, both] = h.shape
  return reshaped<Tensor4D>(gatedLinear(reshaped<Tensor3D>(h, [B, H * W, both])), [B, H, W, both / 2])
}
