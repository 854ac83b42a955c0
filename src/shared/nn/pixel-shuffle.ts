import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { permuted, reshaped } from './shape.ts'

/**
 * Channels become frames (sub-pixel convolution, Shi et al. 2016, along one axis): channel c · r + i of frame t is
 * channel c of frame t · r + i. By reshape and transpose, because depth to space has no gradient in tfjs.
 * @param x [B, T, C · r]
 * @returns [B, T · r, C]
 */
export function pixelShuffle(x: Tensor3D, r: number): Tensor3D {
  const [B, T, wide] = x.shape
  assert(wide % r === 0, `a pixel shuffle by ${r} needs a multiple of it, not ${wide} channels`)
  const apart = permuted(reshaped<Tensor4D>(x, [B, T, wide / r, r]), [0, 1, 3, 2])
  return reshaped<Tensor3D>(apart, [B, T * r, wide / r])
}

/**
 * The same along two axes: channel (c · r + i) · r + j of place (y, x) is channel c of place (y · r + i, x · r + j).
 * @param x [B, H, W, C · r²]
 * @returns [B, H · r, W · r, C]
 */
export function pixelShuffle2d(x: Tensor4D, r: number): Tensor4D {
  const [B, H, W, wide] = x.shape
  assert(wide % (r * r) === 0, `a pixel shuffle by ${r} needs a multiple of ${r * r}, not ${wide} channels`)
  const C = wide / (r * r)
  // Along one axis at a time, so that no tensor has more than four axes.
  const columns = permuted(reshaped<Tensor4D>(x, [B * H, W, C * r, r]), [0, 1, 3, 2])
  const wider = reshaped<Tensor4D>(columns, [B * H, W * r, C, r])
  return reshaped<Tensor4D>(permuted(wider, [0, 3, 1, 2]), [B, H * r, W * r, C])
}

/**
 * The way back: places become channels.
 * @param x [B, H, W, C], both axes multiples of r
 * @returns [B, H / r, W / r, C · r²]
 */
export function pixelUnshuffle2d(x: Tensor4D, r: number): Tensor4D {
  const [B, H, W, C] = x.shape
  const rows = permuted(reshaped<Tensor4D>(x, [(B * H) / r, r, W, C]), [0, 2, 3, 1])
  const columns = reshaped<Tensor4D>(rows, [(B * H) / r, W / r, r, C * r])
  return reshaped<Tensor4D>(permuted(columns, [0, 1, 3, 2]), [B, H / r, W / r, C * r * r])
}
