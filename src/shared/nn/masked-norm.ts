import {
  add,
  matMul,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  tensor2d,
  tensor3d,
  tidy,
  type Rank,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** Keeps a silent channel from dividing by zero. */
const VARIANCE_FLOOR = 1e-4

/** How much each frame counts in the statistics of its own item; every item's weights sum to 1. */
export interface FrameWeights {
  /** Block-diagonal [B, B·T]: a product with it takes the weighted mean over time of every item at once. */
  readonly mean: Tensor2D
  /** [B, T, 1] */
  readonly perFrame: Tensor3D
}

/** @param weights [B × T], any positive scale; normalized here in double precision */
export function createFrameWeights(weights: Float32Array, B: number, T: number): FrameWeights {
  const mean = new Float32Array(B * B * T)
  const perFrame = new Float32Array(B * T)
  for (let item = 0; item < B; item++) {
    let total = 0
    for (let t = 0; t < T; t++) total += weights[item * T + t]
    for (let t = 0; t < T; t++) {
      const share = weights[item * T + t] / total
      perFrame[item * T + t] = share
      mean[item * B * T + item * T + t] = share
    }
  }
  return { mean: tensor2d(mean, [B, B * T]), perFrame: tensor3d(perFrame, [B, T, 1]) }
}

/**
 * Instance normalization over the frames that count, without affine parameters: per item and channel the weighted
 * mean goes, and the weighted spread becomes 1.
 * @param h [B, T, C]
 * @returns [B, T, C]
 */
export function maskedNorm(h: Tensor3D, weights: FrameWeights): Tensor3D {
  const [B, T, C] = h.shape
  const meanOverTime = (x: Tensor3D) => reshape<Rank.R3>(matMul(weights.mean, reshape(x, [B * T, C])), [B, 1, C])
  return withGradient(
    [h],
    () => {
      const centered = tidy(() => sub<Tensor3D>(h, meanOverTime(h)))
      const scale = tidy(() => rsqrt(add<Tensor3D>(meanOverTime(square(centered)), VARIANCE_FLOOR)))
      const value = mul<Tensor3D>(centered, scale)
      return { value, saved: [value, scale, weights.perFrame] }
    },
    // dh = scale · (dy − w · (Σ dy + h' · Σ dy h')), h' the normalized value.
    (dy, saved) => {
      const [value, scale, perFrame] = saved as [Tensor3D, Tensor3D, Tensor3D] // saved above in this order
      const total = sum(dy, 1, true)
      const along = sum(mul(dy, value), 1, true)
      const removed = mul(add(mul(value, along), total), perFrame)
      return [mul(sub(dy, removed), scale)]
    },
  )
}
