import {
  add,
  concat,
  conv2d,
  matMul,
  ones,
  pad,
  reshape,
  slice,
  sum,
  tensor2d,
  tidy,
  transpose,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { filterGradientKernel } from './engine-kernels.ts'
import { isFrozen } from './frozen.ts'

/** `same`: zeros around, so that the length stays. `valid`: only where every tap finds a frame. */
type Padding = 'same' | 'valid'

/**
 * Cross-correlation along time with zero "same" padding.
 *
 * The way back is written out: tfjs has no gradient for dilated convolutions. Where the engine brings a kernel for the
 * weight's gradient it is taken; elsewhere, since the matrix products of WebAssembly are fast only for large,
 * untransposed operands, it is one product on an explicitly transposed and unfolded input. The input's gradient is a
 * convolution with the mirrored weight.
 * @param x [B, T, in]
 * @param weight [taps, in, out], odd taps
 * @param bias [out]
 * @param dilation frames between neighboring taps
 * @returns [B, T, out]
 */
export function convolve(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, dilation = 1): Tensor3D {
  assert(weight.shape[0] % 2 === 1, `a convolution needs an odd number of taps, not ${weight.shape[0]}`)
  return correlate(x, weight, bias, dilation, 'same')
}

/**
 * The same without padding, for any number of taps.
 * @returns [B, T − dilation · (taps − 1), out]
 */
export function convolveValid(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, dilation = 1): Tensor3D {
  const reach = dilation * (weight.shape[0] - 1)
  assert(x.shape[1] > reach, `a convolution that reaches ${reach + 1} frames got ${x.shape[1]}`)
  return correlate(x, weight, bias, dilation, 'valid')
}

/**
 * `convolveValid` with a fixed weight and without bias: only the input gets a gradient.
 * @param weight [taps, in, out], no gradient
 */
export function filterTime(x: Tensor3D, weight: Tensor3D): Tensor3D {
  return withGradient(
    [x],
    () => ({ value: tidy(() => crossCorrelate(x, weight, 1, 'valid')), saved: [weight] }),
    (dy, [weight]) => [inputGradient(dy, weight as Tensor3D, 1, 'valid')], // saved above
  )
}

function correlate(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, dilation: number, padding: Padding): Tensor3D {
  const [taps, inputs] = weight.shape
  assert(x.shape[2] === inputs, `a convolution of ${inputs} channels got [${x.shape}]`)
  const compute = () => tidy(() => add<Tensor3D>(crossCorrelate(x, weight, dilation, padding), bias))
  if (isFrozen(weight))
    return withGradient(
      [x],
      () => ({ value: compute(), saved: [weight] }),
      (dy, [weight]) => [inputGradient(dy, weight as Tensor3D, dilation, padding)], // saved above
    )
  return withGradient(
    [x, weight, bias],
    () => ({ value: compute(), saved: [x, weight] }),
    (dy, saved) => {
      const [x, weight] = saved as [Tensor3D, Tensor3D] // saved above in this order
      return [inputGradient(dy, weight, dilation, padding), ...weightGradients(dy, x, taps, dilation, padding)]
    },
  )
}

function crossCorrelate(x: Tensor3D, weight: Tensor3D, dilation: number, padding: Padding): Tensor3D {
  const [B, T, inputs] = x.shape
  const [taps, , outputs] = weight.shape
  if (taps === 1) return reshape(matMul(rows(x), reshape(weight, [inputs, outputs])), [B, T, outputs])
  const image = reshape<Rank.R4>(x, [B, 1, T, inputs])
  const filter = reshape<Rank.R4>(weight, [1, taps, inputs, outputs])
  const length = padding === 'same' ? T : T - dilation * (taps - 1)
  return reshape(conv2d(image, filter, 1, padding, 'NHWC', [1, dilation]), [B, length, outputs])
}

/** The mirrored taps with inputs and outputs exchanged carry a gradient back. */
function inputGradient(dy: Tensor3D, weight: Tensor3D, dilation: number, padding: Padding): Tensor3D {
  const taps = weight.shape[0]
  const exchanged = transpose<Tensor3D>(weight, [0, 2, 1])
  if (taps === 1) return crossCorrelate(dy, exchanged, dilation, 'same')
  const arrived = padding === 'same' ? dy : padBoth(dy, dilation * (taps - 1))
  return crossCorrelate(arrived, mirrorTaps(exchanged), dilation, padding)
}

/** The taps in reverse order, with a gradient. */
export const mirrored = (weight: Tensor3D): Tensor3D =>
  withGradient(
    [weight],
    () => ({ value: tidy(() => mirrorTaps(weight)), saved: [] }),
    (dy) => [mirrorTaps(dy)],
  )

/** A product with the mirrored identity moves rows exactly; tfjs's reverse is slow on WebAssembly. */
function mirrorTaps(weight: Tensor3D): Tensor3D {
  const [taps, inputs, outputs] = weight.shape
  const mirror = new Float32Array(taps * taps)
  for (let tap = 0; tap < taps; tap++) mirror[tap * taps + taps - 1 - tap] = 1
  const flat = reshape<Rank.R2>(weight, [taps, inputs * outputs])
  return reshape(matMul(tensor2d(mirror, [taps, taps]), flat), [taps, inputs, outputs])
}

function weightGradients(
  dy: Tensor3D,
  x: Tensor3D,
  taps: number,
  dilation: number,
  padding: Padding,
): [Tensor, Tensor] {
  const kernel = taps > 1 ? filterGradientKernel() : null
  if (kernel === null) return unfoldedWeightGradients(dy, x, taps, dilation, padding)
  return [kernel(x, dy, taps, dilation, padding), sum(rows(dy), 0)]
}

/**
 * Weight and bias in one product: the unfolded input, transposed, with a row of ones below [taps·in + 1, rows],
 * times the gradient [rows, out].
 */
function unfoldedWeightGradients(
  dy: Tensor3D,
  x: Tensor3D,
  taps: number,
  dilation: number,
  padding: Padding,
): [Tensor, Tensor] {
  const inputs = x.shape[2]
  const [B, length, outputs] = dy.shape
  const reach = padding === 'same' ? (dilation * (taps - 1)) / 2 : 0
  const unfolded = concat(
    [...shiftedTransposed(padBoth(x, reach), taps, dilation, length), ones<Rank.R2>([1, B * length])],
    0,
  )
  const product = matMul(unfolded, rows(dy))
  return [
    reshape(slice(product, [0, 0], [taps * inputs, outputs]), [taps, inputs, outputs]),
    reshape(slice(product, [taps * inputs, 0], [1, outputs]), [outputs]),
  ]
}

/** Per tap the frames that it read: [in, B·length] each. */
function shiftedTransposed(padded: Tensor3D, taps: number, dilation: number, length: number): Tensor2D[] {
  const [B, , inputs] = padded.shape
  if (taps === 1) return [transpose<Tensor2D>(rows(padded))]
  const channelsFirst = transpose<Tensor3D>(padded, [2, 0, 1])
  return Array.from({ length: taps }, (_, tap) =>
    reshape(slice(channelsFirst, [0, 0, tap * dilation], [inputs, B, length]), [inputs, B * length]),
  )
}

function padBoth(x: Tensor3D, frames: number): Tensor3D {
  if (frames === 0) return x
  return pad(x, [
    [0, 0],
    [frames, frames],
    [0, 0],
  ])
}

const rows = (x: Tensor3D): Tensor2D => reshape(x, [x.shape[0] * x.shape[1], x.shape[2]])
