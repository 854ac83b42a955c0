import {
  abs,
  add,
  clipByValue,
  concat,
  div,
  log,
  mul,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  tidy,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { scaled, totalOf } from './join.ts'
import { stagedMean } from './mean.ts'
import { createStftBasis, stftMagnitude, type StftBasis } from './stft-loss.ts'

/** Added to magnitudes before the logarithm: what is fainter counts as silence. */
const LOG_FLOOR = 0.01
/** Keeps the root of a frame without any difference differentiable. */
const ROOT_FLOOR = 1e-12
/** Times this and clipped to ±1, every float beyond 1e-30 is its sign. */
const SIGN_GAIN = 1e30

/** Hann windows of these lengths, a quarter of each apart, magnitudes over √length: white noise is as loud in each. */
export const createEnergyBases = (sizes: readonly number[], powerFloor?: number): readonly StftBasis[] =>
  sizes.map((size) => {
    const basis = createStftBasis(size, size / 4, powerFloor)
    return { ...basis, weight: basis.weight.map((value) => value / Math.sqrt(size)) }
  })

/**
 * Generalized energy distance between a sound and what a network makes of it, from two draws of its noise (Gritsenko et
 * al. 2020): d(x, y1) + d(x, y2) − d(y1, y2), where d is the mean over the windows of `spectralDistance`. The last term
 * rewards draws that differ as real sounds do, so that noise stays noise; without it the least loss is their mean.
 * @param y [2B, samples, 1], the first draws of all items, then the second ones
 * @param x [B, samples, 1], no gradient
 */
export function spectralEnergyDistance(y: Tensor3D, x: Tensor3D, bases: readonly StftBasis[]): Scalar {
  assert(y.shape[0] === 2 * x.shape[0], `two draws of ${x.shape[0]} sounds are expected, not ${y.shape[0]} sounds`)
  const ofWindows = bases.map((basis) => {
    const target = tidy(() => stftMagnitude(x, basis))
    return energyOf(stftMagnitude(y, basis), target)
  })
  return scaled(totalOf(ofWindows), 1 / bases.length)
}

function energyOf(drawn: Tensor3D, target: Tensor3D): Scalar {
  return withGradient(
    [drawn],
    () => {
      const [a, b] = drawsOf(drawn)
      const value = tidy(() => {
        const toTarget = add(spectralDistance(a, target), spectralDistance(b, target))
        return sub<Scalar>(toTarget, spectralDistance(a, b))
      })
      return { value, saved: [drawn, target] }
    },
    (dy, saved) => {
      const [drawn, target] = saved as [Tensor3D, Tensor3D] // saved above in this order
      const [a, b] = drawsOf(drawn)
      const ofA = sub(distanceSlope(a, target), distanceSlope(a, b))
      const ofB = sub(distanceSlope(b, target), distanceSlope(b, a))
      return [mul(concat([ofA, ofB], 0), dy)]
    },
  )
}

function drawsOf(drawn: Tensor3D): readonly [Tensor3D, Tensor3D] {
  const [B, F, K] = drawn.shape
  return [slice(drawn, [0, 0, 0], [B / 2, F, K]), slice(drawn, [B / 2, 0, 0], [B / 2, F, K])]
}

/**
 * How far magnitudes are apart: the mean absolute difference plus the mean over the frames of the root mean square
 * difference of ln(magnitude + 0.01). Symmetric. No gradient: see `distanceSlope`.
 * @param a [B, frames, bins]
 * @param b the same
 */
export const spectralDistance = (a: Tensor3D, b: Tensor3D): Scalar =>
  tidy(() => add<Scalar>(stagedMean(abs(sub(a, b))), stagedMean(frameDistances(logRatio(a, b)))))

/** The slope of `spectralDistance` for its first argument. */
function distanceSlope(a: Tensor3D, b: Tensor3D): Tensor3D {
  return tidy(() => {
    const [, , bins] = a.shape
    const ratio = logRatio(a, b)
    const roots = frameDistances(ratio)
    const frames = roots.size
    const ofLogarithm = div(div(ratio, mul(roots, frames * bins)), add(a, LOG_FLOOR))
    const sign = clipByValue(mul(sub(a, b), SIGN_GAIN), -1, 1)
    return add<Tensor3D>(mul(sign, 1 / a.size), ofLogarithm)
  })
}

const logRatio = (a: Tensor3D, b: Tensor3D): Tensor3D => sub(log(add(a, LOG_FLOOR)), log(add(b, LOG_FLOOR)))

/** [B, frames, 1] */
function frameDistances(ratio: Tensor3D): Tensor3D {
  const [B, F, bins] = ratio.shape
  const squares: Tensor = sum(reshape<Rank.R2>(square(ratio), [B * F, bins]), 1)
  return reshape<Rank.R3>(sqrt(add(mul(squares, 1 / bins), ROOT_FLOOR)), [B, F, 1])
}
