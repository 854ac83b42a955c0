import type { Tensor, Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { convolve2d } from '../../nn/conv-2d.ts'
import { convolve } from '../../nn/conv.ts'
import { gatedLinear } from '../../nn/gate.ts'
import { instanceNorm } from '../../nn/instance-norm.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { reshaped } from '../../nn/shape.ts'

/** The layers that generator and discriminator are made of, each with its parameters by name. */

export const convolvedMap = (parameters: TensorsByName, name: string, x: Tensor4D, stride = 1): Tensor4D =>
  convolve2d(x, read(parameters, `${name}/weight`), read(parameters, `${name}/bias`), stride)

export const convolvedTime = (parameters: TensorsByName, name: string, x: Tensor3D): Tensor3D =>
  convolve(x, read(parameters, `${name}/weight`), read(parameters, `${name}/bias`))

export const normed = <Kind extends Tensor>(parameters: TensorsByName, name: string, h: Kind): Kind =>
  instanceNorm(h, read<Tensor1D>(parameters, `${name}/gain`), read<Tensor1D>(parameters, `${name}/offset`))

/** The gated linear unit over the last axis of a map. */
export function gatedMap(h: Tensor4D): Tensor4D {
  const [B, H, W, both] = h.shape
  return reshaped<Tensor4D>(gatedLinear(reshaped<Tensor3D>(h, [B, H * W, both])), [B, H, W, both / 2])
}

/** The rank follows from the name; `relganShapes` fixes both. */
function read<Kind extends Tensor>(parameters: TensorsByName, name: string): Kind {
  const found = parameters.get(name)
  assert(found !== undefined, `parameter ${name} is missing`)
  return found as Kind
}
