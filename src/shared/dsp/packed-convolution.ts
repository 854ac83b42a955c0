/** Output channels computed together: enough sums in registers to keep the multiplier busy. */
const BLOCK = 4

/** A one-dimensional convolution with its weights laid out for one contiguous inner loop. */
export interface PackedConvolution {
  readonly inputs: number
  readonly outputs: number
  readonly taps: number
  /** Distance between rows of the result: `outputs` rounded up to a block. */
  readonly stride: number
  /** [block][tap][input][4], double, so that no load converts. */
  readonly weights: Float64Array
  readonly bias: Float64Array
}

/** Numbers with their shape, the last dimension running fastest. */
interface ShapedNumbers {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Computes `y` from `x`: see `convolve`, which defines it. */
export type Convolve = (
  layer: PackedConvolution,
  x: Float64Array,
  dilation: number,
  count: number,
  y: Float64Array,
) => void

/** From weight [out, in, taps] and bias [out]. */
export function packConvolution(weight: ShapedNumbers, bias: ShapedNumbers): PackedConvolution {
  const [outputs, inputs, taps] = weight.shape
  const stride = Math.ceil(outputs / BLOCK) * BLOCK
  const weights = new Float64Array(stride * inputs * taps)
  for (let output = 0; output < outputs; output++) {
    const block = Math.floor(output / BLOCK)
    for (let input = 0; input < inputs; input++)
      for (let tap = 0; tap < taps; tap++)
        weights[((block * taps + tap) * inputs + input) * BLOCK + (output % BLOCK)] =
          weight.values[(output * inputs + input) * taps + tap]
  }
  const paddedBias = new Float64Array(stride)
  paddedBias.set(bias.values)
  return { inputs, outputs, taps, stride, weights, bias: paddedBias }
}

/** Rows of context that the convolution needs before and after what it computes. */
export const convolutionReach = (taps: number, dilation: number): number => (dilation * (taps - 1)) / 2

/**
 * y[t] = bias + Σ weight[tap] · x[t + tap · dilation] for t in 0 … count − 1 (cross-correlation).
 * `x` is [count + 2·reach (+1 unused row)] × inputs, frame-major, its context rows included; `y` is [count (+1)] × stride.
 * Sums run in one order whatever the count, so a result does not depend on how a file was cut. The plain twin of the
 * kernel `convolution`, which gives the same bits.
 */
export function convolve(layer: PackedConvolution, x: Float64Array, dilation: number, count: number, y: Float64Array) {
  const { inputs, taps, stride, weights, bias } = layer
  for (let block = 0; block < stride; block += BLOCK) {
    const firstWeight = block * taps * inputs
    for (let frame = 0; frame < count; frame += 2) {
      let a0 = bias[block]
      let a1 = bias[block + 1]
      let a2 = bias[block + 2]
      let a3 = bias[block + 3]
      let b0 = a0
      let b1 = a1
      let b2 = a2
      let b3 = a3
      let at = firstWeight
      for (let tap = 0; tap < taps; tap++) {
        let from = (frame + tap * dilation) * inputs
        for (const end = from + inputs; from < end; from++) {
          const u = x[from]
          const v = x[from + inputs]
          const w0 = weights[at]
          const w1 = weights[at + 1]
          const w2 = weights[at + 2]
          const w3 = weights[at + 3]
          a0 += w0 * u
          a1 += w1 * u
          a2 += w2 * u
          a3 += w3 * u
          b0 += w0 * v
          b1 += w1 * v
          b2 += w2 * v
          b3 += w3 * v
          at += BLOCK
        }
      }
      const to = frame * stride + block
      y[to] = a0
      y[to + 1] = a1
      y[to + 2] = a2
      y[to + 3] = a3
      y[to + stride] = b0
      y[to + stride + 1] = b1
      y[to + stride + 2] = b2
      y[to + stride + 3] = b3
    }
  }
}
