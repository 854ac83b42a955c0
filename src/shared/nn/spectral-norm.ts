import { mul, reshape, sub, tensor2d, tidy, type Rank, type Tensor } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

/** Keeps a weight of zeros from dividing by zero. */
const NORM_FLOOR = 1e-12

/** The running estimate of a weight's largest singular vectors, and its value. */
export interface SpectralEstimate {
  /** Length rows. */
  readonly left: Float32Array
  /** Length columns. */
  readonly right: Float32Array
  readonly largest: number
}

/**
 * One power iteration (Miyato et al. 2018, algorithm 1). Plain arithmetic on arrays in double precision, so that it is
 * the same on every engine; its cost is that of reading the weight twice.
 * @param weight rows · columns numbers; for a convolution [taps, in, out] the columns are the outputs
 * @param left the estimate so far, of length rows, any scale but zero
 */
export function powerIteration(weight: Float32Array, columns: number, left: Float32Array): SpectralEstimate {
  const rows = left.length
  assert(rows * columns === weight.length, `a weight of ${weight.length} numbers is not ${rows} × ${columns}`)
  const right = new Float64Array(columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) right[column] += left[row] * weight[row * columns + column]
  normalize(right)
  const along = new Float64Array(rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) along[row] += weight[row * columns + column] * right[column]
  const largest = normalize(along)
  return { left: Float32Array.from(along), right: Float32Array.from(right), largest }
}

/**
 * The weight divided by its largest singular value; the gradient goes through the division, not through the estimate.
 * @param weight last axis = columns of the estimate
 */
export function spectralNorm<Kind extends Tensor>(weight: Kind, estimate: SpectralEstimate): Kind {
  const { left, right, largest } = estimate
  assert(
    weight.size === left.length * right.length,
    `an estimate of ${left.length} × ${right.length} got [${weight.shape}]`,
  )
  const scale = 1 / Math.max(largest, NORM_FLOOR)
  return withGradient<Kind>(
    [weight],
    () => ({ value: mul<Kind>(weight, scale), saved: [weight] }),
    // d(W / uᵀWv) = (dy − u vᵀ · Σ dy W / σ) / σ
    (dy, [weight]) => {
      const outer = tidy(() =>
        reshape<Rank>(mul(tensor2d(left, [left.length, 1]), tensor2d(right, [1, right.length])), weight.shape),
      )
      const along = mul(stagedSum(mul(dy, weight)), scale)
      return [mul(sub(dy, mul(outer, along)), scale)]
    },
  )
}

/** In place; gives the length it had. */
function normalize(vector: Float64Array): number {
  let squares = 0
  for (const value of vector) squares += value * value
  const norm = Math.sqrt(squares)
  for (let i = 0; i < vector.length; i++) vector[i] /= Math.max(norm, NORM_FLOOR)
  return norm
}
