import {
  matMul,
  reshape,
  tensor2d,
  tidy,
  transpose,
  type Rank,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * A fixed linear map along time, the same for every item and channel.
 * @param x [B, T, C]
 * @param matrix [T', T], no gradient
 * @returns [B, T', C]
 */
export function mapTime(x: Tensor3D, matrix: Tensor2D): Tensor3D {
  return withGradient(
    [x],
    () => ({ value: tidy(() => applyAlongTime(x, matrix)), saved: [matrix] }),
    (dy, [matrix]) => [applyAlongTime(dy, transpose<Tensor2D>(matrix as Tensor2D))], // saved above
  )
}

function applyAlongTime(x: Tensor3D, matrix: Tensor2D): Tensor3D {
  const [B, T, C] = x.shape
  const timeFirst = reshape<Rank.R2>(transpose(x, [1, 0, 2]), [T, B * C])
  return transpose(reshape<Rank.R3>(matMul(matrix, timeFirst), [matrix.shape[0], B, C]), [1, 0, 2])
}

/** [⌈T/2⌉, T]: the mean of each two frames; a last odd frame stands alone. */
export function pool2Matrix(T: number): Tensor2D {
  const pooled = Math.ceil(T / 2)
  const matrix = new Float32Array(pooled * T)
  for (let t = 0; t < T; t++) matrix[(t >> 1) * T + t] = t === T - 1 && T % 2 === 1 ? 1 : 0.5
  return tensor2d(matrix, [pooled, T])
}

/** [T, ⌈T/2⌉]: half-pixel linear interpolation by exactly 2, cut to T; never stretched to an odd length. */
export function upsample2Matrix(T: number): Tensor2D {
  const short = Math.ceil(T / 2)
  const matrix = new Float32Array(T * short)
  for (let t = 0; t < T; t++) {
    const position = Math.min(Math.max((t + 0.5) / 2 - 0.5, 0), short - 1)
    const left = Math.floor(position)
    const right = Math.min(left + 1, short - 1)
    matrix[t * short + left] += 1 - (position - left)
    matrix[t * short + right] += position - left
  }
  return tensor2d(matrix, [T, short])
}

/** [to, from]: linear interpolation whose first and last frames meet those of the input. */
export function alignCornersMatrix(from: number, to: number): Tensor2D {
  const matrix = new Float32Array(to * from)
  for (let t = 0; t < to; t++) {
    const position = to === 1 ? 0 : (t * (from - 1)) / (to - 1)
    const left = Math.min(Math.floor(position), from - 1)
    const right = Math.min(left + 1, from - 1)
    matrix[t * from + left] += 1 - (position - left)
    matrix[t * from + right] += position - left
  }
  return tensor2d(matrix, [to, from])
}
