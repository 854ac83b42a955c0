import {
  add,
  concat,
  conv2d,
  matMul,
  ones,
  pad,
  reshape,
  slice,
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

/**
 * Cross-correlation along time with zero "same" padding.
 *
 * The way back is written out: tfjs has no gradient for dilated convolutions, and its WebAssembly matrix product is
 * fast only for large, untransposed operands, so that the weight's gradient is one product on an explicitly
 * transposed and unfolded input, and the input's gradient is a convolution with the mirrored weight.
 * @param x [B, T, in]
 * @param weight [taps, in, out], odd taps
 * @param bias [out]
 * @param dilation frames between neighboring taps
 * @returns [B, T, out]
 */
export function convolve(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, dilation = 1): Tensor3D {
  const [taps, inputs] = weight.shape
  assert(taps % 2 === 1, `a convolution needs an odd number of taps, not ${taps}`)
  assert(x.shape[2] === inputs, `a convolution of ${inputs} channels got [${x.shape}]`)
  return withGradient(
    [x, weight, bias],
    () => ({ value: tidy(() => add<Tensor3D>(crossCorrelate(x, weight, dilation), bias)), saved: [x, weight] }),
    (dy, saved) => {
      const [x, weight] = saved as [Tensor3D, Tensor3D] // saved above in this order
      return [inputGradient(dy, weight, dilation), ...weightGradients(dy, x, taps, dilation)]
    },
  )
}

function crossCorrelate(x: Tensor3D, weight: Tensor3D, dilation: number): Tensor3D {
  const [B, T, inputs] = x.shape
  const [taps, , outputs] = weight.shape
  if (taps === 1) return reshape(matMul(rows(x), reshape(weight, [inputs, outputs])), [B, T, outputs])
  const image = reshape<Rank.R4>(x, [B, 1, T, inputs])
  const filter = reshape<Rank.R4>(weight, [1, taps, inputs, outputs])
  return reshape(conv2d(image, filter, 1, 'same', 'NHWC', [1, dilation]), [B, T, outputs])
}

/** The mirrored taps with inputs and outputs exchanged carry a gradient back. */
function inputGradient(dy: Tensor3D, weight: Tensor3D, dilation: number): Tensor3D {
  const exchanged = transpose<Tensor3D>(weight, [0, 2, 1])
  return crossCorrelate(dy, weight.shape[0] === 1 ? exchanged : mirrorTaps(exchanged), dilation)
}

/** A product with the mirrored identity moves rows exactly; tfjs's reverse is slow on WebAssembly. */
function mirrorTaps(weight: Tensor3D): Tensor3D {
  const [taps, inputs, outputs] = weight.shape
  const mirror = new Float32Array(taps * taps)
  for (let tap = 0; tap < taps; tap++) mirror[tap * taps + taps - 1 - tap] = 1
  const flat = reshape<Rank.R2>(weight, [taps, inputs * outputs])
  return reshape(matMul(tensor2d(mirror, [taps, taps]), flat), [taps, inputs, outputs])
}

/**
 * Weight and bias in one product: the unfolded input, transposed, with a row of ones below [taps·in + 1, B·T],
 * times the gradient [B·T, out].
 */
function weightGradients(dy: Tensor3D, x: Tensor3D, taps: number, dilation: number): [Tensor, Tensor] {
  const [B, T, inputs] = x.shape
  const outputs = dy.shape[2]
  const unfolded = concat([...shiftedTransposed(x, taps, dilation), ones<Rank.R2>([1, B * T])], 0)
  const product = matMul(unfolded, rows(dy))
  return [
    reshape(slice(product, [0, 0], [taps * inputs, outputs]), [taps, inputs, outputs]),
    reshape(slice(product, [taps * inputs, 0], [1, outputs]), [outputs]),
  ]
}

/** Per tap the frames that it read: [in, B·T] each. */
function shiftedTransposed(x: Tensor3D, taps: number, dilation: number): Tensor2D[] {
  const [B, T, inputs] = x.shape
  const reach = (dilation * (taps - 1)) / 2
  if (reach === 0) return [transpose<Tensor2D>(rows(x))]
  const padded = pad(x, [
    [0, 0],
    [reach, reach],
    [0, 0],
  ])
  const channelsFirst = transpose<Tensor3D>(padded, [2, 0, 1])
  return Array.from({ length: taps }, (_, tap) =>
    reshape(slice(channelsFirst, [0, 0, tap * dilation], [inputs, B, T]), [inputs, B * T]),
  )
}

const rows = (x: Tensor3D): Tensor2D => reshape(x, [x.shape[0] * x.shape[1], x.shape[2]])
