import {
  add,
  expandDims,
  mul,
  ones,
  reshape,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * Adds one vector per item to all its frames.
 * @param h [B, T, C]
 * @param v [B, C]
 * @returns [B, T, C]
 */
export function addPerItem(h: Tensor3D, v: Tensor2D): Tensor3D {
  return withGradient(
    [h, v],
    () => ({ value: add<Tensor3D>(h, expandDims(v, 1)), saved: [] }),
    (dy) => [reshape(dy, dy.shape), sum(dy, 1)],
  )
}

/**
 * Repeats one vector per item over time.
 * @param v [B, S]
 * @returns [B, T, S]
 */
export function overTime(v: Tensor2D, T: number): Tensor3D {
  return withGradient(
    [v],
    () => ({ value: mul<Tensor3D>(expandDims(v, 1), ones([1, T, 1])), saved: [] }),
    (dy) => [sum(dy, 1)],
  )
}

/**
 * Adds one number per channel to all frames of all items.
 * @param h [B, T, C]
 * @param bias [C]
 */
export function addPerChannel(h: Tensor3D, bias: Tensor1D): Tensor3D {
  return withGradient(
    [h, bias],
    () => ({ value: add<Tensor3D>(h, bias), saved: [] }),
    (dy) => [reshape(dy, dy.shape), sum(sum(dy, 1), 0)],
  )
}
