import {
  fill,
  mul,
  pad,
  reshape,
  square,
  sub,
  sum,
  tidy,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** Longer sums lose digits in single precision on WebAssembly: 6e-4 over two million numbers. */
const STAGE = 1024

/** The sum of all numbers, in stages of at most 1,024; no gradient. */
export function stagedSum(x: Tensor): Scalar {
  return tidy(() => {
    let rest = reshape<Rank.R1>(x, [x.size])
    while (rest.size > STAGE) {
      const missing = (STAGE - (rest.size % STAGE)) % STAGE
      const whole = missing === 0 ? rest : pad(rest, [[0, missing]])
      rest = sum(reshape(whole, [whole.size / STAGE, STAGE]), 1)
    }
    return sum<Scalar>(rest)
  })
}

/** The mean of all numbers, precise for any count. */
export function stagedMean<Kind extends Tensor>(x: Kind): Scalar {
  return withGradient(
    [x],
    () => ({ value: tidy(() => mul<Scalar>(stagedSum(x), 1 / x.size)), saved: [] }),
    (dy) => [mul(fill(x.shape, 1 / x.size), dy)],
  )
}

/**
 * The mean of (o − y)²: the loss of least-squares adversaries and of regressions.
 * @param y no gradient
 */
export function meanSquare<Kind extends Tensor>(o: Kind, y: Kind): Scalar {
  return withGradient(
    [o],
    () => {
      const difference = sub<Kind>(o, y)
      return { value: tidy(() => mul<Scalar>(stagedSum(square(difference)), 1 / o.size)), saved: [difference] }
    },
    (dy, [difference]) => [mul(mul(difference, 2 / o.size), dy)],
  )
}

/**
 * The mean over the last axis, which stays with one channel.
 * @param h [B, H, W, C]
 * @returns [B, H, W, 1]
 */
export function channelMean(h: Tensor4D): Tensor4D {
  const share = 1 / h.shape[3]
  return withGradient(
    [h],
    () => ({ value: tidy(() => mul<Tensor4D>(sum(h, 3, true), share)), saved: [] }),
    (dy) => [mul(fill(h.shape, share), dy)],
  )
}

/**
 * Σ weight · (o − y)²; a mean when the weights sum to 1.
 * @param y no gradient
 * @param weights no gradient
 */
export function weightedSquare<Kind extends Tensor>(o: Kind, y: Kind, weights: Kind): Scalar {
  return withGradient(
    [o],
    () => {
      const difference = sub<Kind>(o, y)
      return { value: tidy(() => stagedSum(mul(square(difference), weights))), saved: [difference, weights] }
    },
    (dy, [difference, weights]) => [mul(mul(mul(difference, weights), 2), dy)],
  )
}
