import type { Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { convolve, convolveValid } from './conv.ts'
import { joinChannels } from './join.ts'
import { cropTime, padTime, reshaped } from './shape.ts'
import { foldHops } from './strided-conv.ts'

/**
 * Cross-correlation over two axes, padded with zeros as TensorFlow's `same`: ⌈n / stride⌉ places along each axis, the
 * odd zero behind. The rows that a place reads stand beside each other as channels, so that what is left is the one
 * convolution along the last axis that every engine is fast and differentiable at.
 * @param x [B, H, W, in]
 * @param weight [wide, high, in, out]
 * @param bias [out]
 * @returns [B, ⌈H / stride⌉, ⌈W / stride⌉, out]
 */
export function convolve2d(x: Tensor4D, weight: Tensor4D, bias: Tensor1D, stride = 1): Tensor4D {
  const [B, H, W, inputs] = x.shape
  const [wide, high, expected, outputs] = weight.shape
  assert(inputs === expected, `a convolution of ${expected} channels got [${x.shape}]`)
  const rows = Math.ceil(H / stride)
  const columns = Math.ceil(W / stride)
  const read = besideEachOther(x, high, stride) // [B · rows, W, high · in]
  const along = reshaped<Tensor3D>(weight, [wide, high * inputs, outputs])
  return reshaped<Tensor4D>(correlateRows(read, along, bias, stride), [B, rows, columns, outputs])
}

function correlateRows(read: Tensor3D, weight: Tensor3D, bias: Tensor1D, stride: number): Tensor3D {
  const taps = weight.shape[0]
  if (stride === 1 && taps % 2 === 1) return convolve(read, weight, bias)
  const W = read.shape[1]
  const padded = padTime(read, zerosBefore(W, taps, stride), taps)
  return foldHops(padded, weight, stride, Math.ceil(W / stride), (folded, whole) => convolveValid(folded, whole, bias))
}

/** For every output row the `high` rows that it reads: [B · rows, W, high · in], the upper ones first. */
function besideEachOther(x: Tensor4D, high: number, stride: number): Tensor3D {
  const [B, H, W, inputs] = x.shape
  const rows = Math.ceil(H / stride)
  if (high === 1 && stride === 1) return reshaped<Tensor3D>(x, [B * H, W, inputs])
  const before = zerosBefore(H, high, stride)
  const after = Math.max(high - 1 + rows * stride - H - before, 0)
  const padded = padTime(reshaped<Tensor3D>(x, [B, H, W * inputs]), before, after)
  const parts = Array.from({ length: high }, (_, tap) => {
    const read = cropTime(padded, tap, rows * stride)
    if (stride === 1) return reshaped<Tensor3D>(read, [B * rows, W, inputs])
    const first = cropTime(reshaped<Tensor3D>(read, [B * rows, stride, W * inputs]), 0, 1)
    return reshaped<Tensor3D>(first, [B * rows, W, inputs])
  })
  return parts.length === 1 ? parts[0] : joinChannels(parts)
}

/** How many of the zeros of TensorFlow's `same` stand before `length` places. */
function zerosBefore(length: number, taps: number, stride: number): number {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + taps - length, 0)
  return Math.floor(total / 2)
}
