import { abs, clipByValue, mul, pad, slice, sub, sum, tidy, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** Times this and clipped to ±1, every float beyond 1e-30 is its sign: far faster on WebAssembly than sign itself. */
const SIGN_GAIN = 1e30

/**
 * Σ weight · |o − y|; a mean when the weights sum to 1.
 * @param o [B, T, K]
 * @param y [B, T, K], no gradient
 * @param weights [B, T, K], no gradient
 */
export function weightedDistance(o: Tensor3D, y: Tensor3D, weights: Tensor3D): Scalar {
  return withGradient(
    [o],
    () => {
      const difference = sub<Tensor3D>(o, y)
      return { value: tidy(() => weightedSum(difference, weights)), saved: [difference, weights] }
    },
    (dy, saved) => {
      const [difference, weights] = saved as [Tensor3D, Tensor3D] // saved above in this order
      return [mul(slope(difference, weights), dy)]
    },
  )
}

/**
 * Σ weight · |(o[t] − o[t−d]) − (y[t] − y[t−d])|: how far the changes over d frames are apart.
 * @param frames d
 * @param weights [B, T − d, K], no gradient
 */
export function weightedChangeDistance(o: Tensor3D, y: Tensor3D, weights: Tensor3D, frames: number): Scalar {
  const [B, T, K] = o.shape
  const size: [number, number, number] = [B, T - frames, K]
  return withGradient(
    [o],
    () => {
      const change = tidy(() => {
        const difference = sub(o, y)
        return sub<Tensor3D>(slice(difference, [0, frames, 0], size), slice(difference, [0, 0, 0], size))
      })
      return { value: tidy(() => weightedSum(change, weights)), saved: [change, weights] }
    },
    (dy, saved) => {
      const [change, weights] = saved as [Tensor3D, Tensor3D] // saved above in this order
      const slopes = mul<Tensor3D>(slope(change, weights), dy)
      return [sub(padTime(slopes, frames, 0), padTime(slopes, 0, frames))]
    },
  )
}

/** In stages: single precision loses digits in one long sum. */
const weightedSum = (x: Tensor3D, weights: Tensor3D): Scalar => sum(sum(sum(mul(abs(x), weights), 2), 1))

const slope = (x: Tensor3D, weights: Tensor3D): Tensor3D =>
  mul(clipByValue(mul<Tensor3D>(x, SIGN_GAIN), -1, 1), weights)

const padTime = (x: Tensor3D, before: number, after: number): Tensor3D =>
  pad(x, [
    [0, 0],
    [before, after],
    [0, 0],
  ])
