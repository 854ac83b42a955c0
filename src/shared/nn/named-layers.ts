import { zeros, type Rank, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { convolve, convolveValid } from './conv.ts'
import { linear } from './linear.ts'
import type { TensorsByName } from './parameters.ts'
import { padTime } from './shape.ts'

/** Layers whose weight and bias are found by name: `encoder/in` has `encoder/in/weight` and `encoder/in/bias`. */

/** A parameter of the rank that its network's shapes give it. */
export function parameterOf<Kind extends Tensor>(parameters: TensorsByName, name: string): Kind {
  const found = parameters.get(name)
  assert(found !== undefined, `parameter ${name} is missing`)
  return found as Kind // the name fixes the rank
}

/** `convolve`: the length stays. */
export const convolveNamed = (parameters: TensorsByName, name: string, x: Tensor3D, dilation = 1): Tensor3D =>
  convolve(x, weightOf(parameters, name), biasOf(parameters, name), dilation)

/** The same for a layer without bias. */
export function convolveUnbiased(parameters: TensorsByName, name: string, x: Tensor3D, dilation = 1): Tensor3D {
  const weight = weightOf<Tensor3D>(parameters, name)
  return convolve(x, weight, zeros<Rank.R1>([weight.shape[2]]), dilation)
}

/** The same without a look ahead: taps reach back only. */
export function convolveCausally(parameters: TensorsByName, name: string, x: Tensor3D, dilation = 1): Tensor3D {
  const weight = weightOf<Tensor3D>(parameters, name)
  const before = (weight.shape[0] - 1) * dilation
  return convolveValid(padTime(x, before, 0), weight, biasOf(parameters, name), dilation)
}

export const linearNamed = (parameters: TensorsByName, name: string, v: Tensor2D): Tensor2D =>
  linear(v, weightOf<Tensor2D>(parameters, name), biasOf(parameters, name))

export const weightOf = <Kind extends Tensor>(parameters: TensorsByName, name: string): Kind =>
  parameterOf<Kind>(parameters, `${name}/weight`)

export const biasOf = (parameters: TensorsByName, name: string): Tensor1D => parameterOf(parameters, `${name}/bias`)
