import { zeros, type Rank, type Tensor1D, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { convolveValid, mirrored } from './conv.ts'
import { addPerChannel } from './per-item.ts'
import { cropTime, padTime, permuted, reshaped } from './shape.ts'

/**
 * Cross-correlation at every `stride`-th frame. `stride` frames fold into the channels, so that what is left is a
 * convolution without stride, which every engine is fast and differentiable at.
 * @param x [B, T, in]
 * @param weight [taps, in, out]; ⌊(taps − 1) / 2⌋ zeros stand before the first frame
 * @returns [B, ⌈T / stride⌉, out]
 */
export function convolveStrided(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, stride: number): Tensor3D {
  const [taps] = weight.shape
  const before = Math.floor((taps - 1) / 2)
  const count = Math.ceil(x.shape[1] / stride)
  return foldHops(padTime(x, before, taps), weight, stride, count, (folded, whole) =>
    convolveValid(folded, whole, bias),
  )
}

/**
 * The first `count` windows, each `stride` frames after the one before it, through `correlate` without stride.
 * @param x [B, T, in] with T ≥ (count − 1) · stride + taps
 * @param correlate from [B, frames, stride · in] and [folded taps, stride · in, out] to the valid correlation
 * @returns [B, count, out]
 */
export function foldHops(
  x: Tensor3D,
  weight: Tensor3D,
  stride: number,
  count: number,
  correlate: (x: Tensor3D, weight: Tensor3D) => Tensor3D,
): Tensor3D {
  const [B, T, inputs] = x.shape
  const [taps, , outputs] = weight.shape
  assert(T >= (count - 1) * stride + taps, `${count} windows of ${taps} frames, ${stride} apart, got ${T} frames`)
  const foldedTaps = Math.ceil(taps / stride)
  const frames = (count + foldedTaps - 1) * stride
  const fitted = cropTime(padTime(x, 0, Math.max(frames - T, 0)), 0, frames)
  const folded = reshaped<Tensor3D>(fitted, [B, frames / stride, stride * inputs])
  const whole = padTime(reshaped<Tensor3D>(weight, [1, taps, inputs * outputs]), 0, foldedTaps * stride - taps)
  return correlate(folded, reshaped<Tensor3D>(whole, [foldedTaps, stride * inputs, outputs]))
}

/**
 * The way up: every frame adds the weight to `taps` frames of the output, `stride` apart (transposed convolution).
 * Computed as a convolution that gives `stride` frames at once, which then unfold.
 * @param x [B, T, in]
 * @param weight [taps, in, out], taps ≥ stride
 * @param before frames that are cut from the front; missing, half of what is too much
 * @returns [B, T · stride, out]
 */
export function convolveTransposed(
  x: Tensor3D,
  weight: Tensor3D,
  bias: Tensor1D,
  stride: number,
  before = Math.floor((weight.shape[0] - stride) / 2),
): Tensor3D {
  const [B, T, inputs] = x.shape
  const [taps, , outputs] = weight.shape
  assert(taps >= stride, `a transposed convolution of stride ${stride} needs at least as many taps, not ${taps}`)
  const foldedTaps = Math.ceil(taps / stride)
  const whole = padTime(reshaped<Tensor3D>(weight, [1, taps, inputs * outputs]), 0, foldedTaps * stride - taps)
  // [foldedTaps, stride, in, out] to [foldedTaps, in, stride · out], the taps mirrored: the oldest frame comes first.
  const apart = reshaped<Tensor4D>(whole, [foldedTaps, stride, inputs, outputs])
  const beside = reshaped<Tensor3D>(permuted(apart, [0, 2, 1, 3]), [foldedTaps, inputs, stride * outputs])
  const around = padTime(x, foldedTaps - 1, foldedTaps - 1)
  const folded = convolveValid(around, mirrored(beside), zeros<Rank.R1>([stride * outputs]))
  const frames = reshaped<Tensor3D>(folded, [B, (T + foldedTaps - 1) * stride, outputs])
  return addPerChannel(cropTime(frames, before, T * stride), bias)
}
