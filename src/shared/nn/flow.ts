import {
  abs,
  add,
  diag,
  div,
  exp,
  log,
  matMul,
  mul,
  neg,
  reshape,
  sigmoid,
  softplus,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Rank,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

/** The bricks of normalizing flows, each invertible; channels last, [B, T, C]. */

/** (x − shift) · e^−logScale: FloWaveNet's coupling, whose log-determinant is −Σ logScale. */
export const unscaled = (x: Tensor3D, shift: Tensor3D, logScale: Tensor3D): Tensor3D =>
  withGradient(
    [x, shift, logScale],
    () => {
      const factor = exp(neg(logScale))
      const value = mul<Tensor3D>(sub(x, shift), factor)
      return { value, saved: [value, factor] }
    },
    (dy, [value, factor]) => {
      const arrived = mul(dy, factor)
      return [arrived, neg(arrived), neg(mul(dy, value))]
    },
  )

/** x · e^logScale + shift: WaveGlow's coupling, whose log-determinant is Σ logScale. */
export const scaledAndShifted = (x: Tensor3D, shift: Tensor3D, logScale: Tensor3D): Tensor3D =>
  withGradient(
    [x, shift, logScale],
    () => {
      const factor = exp(logScale)
      const grown = mul<Tensor3D>(x, factor)
      return { value: add<Tensor3D>(grown, shift), saved: [grown, factor] }
    },
    (dy, [grown, factor]) => [mul(dy, factor), reshape(dy, dy.shape), mul(dy, grown)],
  )

/** As published with Glow: a fresh network scales by σ(2) = .88. */
const SQUASH_SHIFT = 2

/** (x + shift) · σ(raw + 2): Glow's coupling, whose log-determinant is `logSquash`. */
export const squashedAndShifted = (x: Tensor3D, shift: Tensor3D, raw: Tensor3D): Tensor3D =>
  withGradient(
    [x, shift, raw],
    () => {
      const factor = tidy(() => sigmoid(add(raw, SQUASH_SHIFT)))
      const value = tidy(() => mul<Tensor3D>(add(x, shift), factor))
      return { value, saved: [value, factor] }
    },
    (dy, [value, factor]) => {
      const arrived = mul(dy, factor)
      return [arrived, mul(arrived, 1), mul(mul(dy, value), sub(1, factor))]
    },
  )

/** y / σ(raw + 2) − shift: the way back, which nothing is learned by. */
export const unsquashed = (y: Tensor3D, shift: Tensor3D, raw: Tensor3D): Tensor3D =>
  tidy(() => sub<Tensor3D>(div(y, sigmoid(add(raw, SQUASH_SHIFT))), shift))

/** Σ ln σ(raw + 2). */
export const logSquash = (raw: Tensor3D): Scalar =>
  withGradient(
    [raw],
    () => ({ value: tidy(() => neg<Scalar>(stagedSum(softplus(neg(add(raw, SQUASH_SHIFT)))))), saved: [raw] }),
    (dy, [raw]) => [mul(sigmoid(neg(add(raw, SQUASH_SHIFT))), dy)],
  )

/** (x + bias) · scale per channel: ActNorm (Kingma and Dhariwal 2018). Its log-determinant an item is T · Σ ln |scale|. */
export const actNorm = (x: Tensor3D, bias: Tensor1D, scale: Tensor1D): Tensor3D =>
  withGradient(
    [x, bias, scale],
    () => {
      const shifted = add<Tensor3D>(x, bias)
      return { value: mul<Tensor3D>(shifted, scale), saved: [shifted, scale] }
    },
    (dy, [shifted, scale]) => {
      const toInput = mul<Tensor3D>(dy, scale)
      const perChannel = (h: Tensor3D) => sum<Tensor1D>(sum(h, 1), 0)
      return [toInput, perChannel(toInput), perChannel(mul(dy, shifted))]
    },
  )

/** x / scale − bias: the way back from `actNorm`, which nothing is learned by. */
export const undoneActNorm = (x: Tensor3D, bias: Tensor1D, scale: Tensor1D): Tensor3D =>
  sub<Tensor3D>(div(x, scale), bias)

/** What ActNorm starts with: mean 0 and deviation 1 (over n) of each channel of a first batch. */
export function actNormStart(
  x: Float32Array,
  channels: number,
): { readonly bias: Float32Array; readonly scale: Float32Array } {
  const count = x.length / channels
  const bias = new Float32Array(channels)
  const scale = new Float32Array(channels)
  for (let c = 0; c < channels; c++) {
    let total = 0
    for (let at = c; at < x.length; at += channels) total += x[at]
    const mean = total / count
    let squares = 0
    for (let at = c; at < x.length; at += channels) squares += (x[at] - mean) ** 2
    bias[c] = -mean
    scale[c] = 1 / (Math.sqrt(squares / count) + 1e-6)
  }
  return { bias, scale }
}

/** Σ ln |x|. */
export const logMagnitude = (x: Tensor1D): Scalar =>
  withGradient(
    [x],
    () => ({ value: tidy(() => stagedSum(log(abs(x)))), saved: [x] }),
    (dy, [x]) => [div(dy, x)],
  )

/** The sum of all numbers. */
export const total = (x: Tensor3D | Tensor1D): Scalar =>
  withGradient(
    [x],
    () => ({ value: stagedSum(x), saved: [x] }),
    (dy, [x]) => [add(mul(x, 0), dy)],
  )

/**
 * Every frame's channels through one matrix: an invertible 1 × 1 convolution, whose log-determinant an item is T · ln |det|.
 * @param weight [C, C]: output c is Σ weight[c, i] · x[i]
 */
export const mixChannels = (x: Tensor3D, weight: Tensor2D): Tensor3D =>
  withGradient(
    [x, weight],
    () => {
      const [B, T, C] = x.shape
      const rows = reshape<Rank.R2>(x, [B * T, C])
      return { value: reshape<Rank.R3>(matMul(rows, transpose<Tensor2D>(weight)), [B, T, C]), saved: [rows, weight] }
    },
    (dy, saved) => {
      const [rows, weight] = saved as [Tensor2D, Tensor2D] // saved above in this order
      const arrived = reshape<Rank.R2>(dy, rows.shape)
      return [reshape(matMul(arrived, weight), dy.shape), matMul(transpose<Tensor2D>(arrived), rows)]
    },
  )

/** Where each row of a permutation takes its channel from, and the signs of the diagonal. */
export interface PermutedTriangles {
  readonly order: readonly number[]
  readonly signs: readonly number[]
}

/**
 * W = P · L · (U + diag(sign · e^logScale)): an invertible matrix whose ln |det| is Σ logScale (Kingma and Dhariwal 2018).
 * @param lower [C, C], only what lies below the diagonal counts; L has ones on it
 * @param upper [C, C], only what lies above the diagonal counts
 * @param logScale [C]
 */
export function permutedTriangles(
  lower: Tensor2D,
  upper: Tensor2D,
  logScale: Tensor1D,
  { order, signs }: PermutedTriangles,
): Tensor2D {
  const C = order.length
  const mask = (keeps: (row: number, column: number) => boolean): Tensor2D =>
    tensor2d(
      Float32Array.from({ length: C * C }, (_, i) => (keeps(Math.floor(i / C), i % C) ? 1 : 0)),
      [C, C],
    )
  const below = mask((row, column) => row > column)
  const above = mask((row, column) => row < column)
  const permutation = mask((row, column) => order[row] === column)
  return withGradient(
    [lower, upper, logScale],
    () => {
      const diagonal = mul<Tensor1D>(exp(logScale), tensor1d([...signs]))
      const L = add<Tensor2D>(
        mul(lower, below),
        mask((row, column) => row === column),
      )
      const U = add<Tensor2D>(mul(upper, above), diag(diagonal))
      const value = matMul<Tensor2D>(permutation, matMul(L, U))
      return { value, saved: [L, U, diagonal, permutation, below, above] }
    },
    (dy, saved) => {
      const [L, U] = saved as [Tensor2D, Tensor2D] // saved above in this order
      const [, , diagonal, permutation, below, above] = saved
      const arrived = matMul(transpose(permutation), dy)
      const toU = matMul(transpose<Tensor2D>(L), arrived)
      const eye = sub(1, add(below, above))
      const onDiagonal = sum(mul(toU, eye), 1)
      return [mul(matMul(arrived, transpose<Tensor2D>(U)), below), mul(toU, above), mul(onDiagonal, diagonal)]
    },
  )
}
