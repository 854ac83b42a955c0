import { abs, add, clipByValue, div, mul, neg, sub, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

/** Times this and clipped to ±1, every float beyond 1e-30 is its sign: far faster on WebAssembly than sign itself. */
const SIGN_GAIN = 1e30
/** Keeps two equal things from dividing by zero. */
const RATIO_FLOOR = 1e-12

/** The mean of |x − y|; both get a gradient. Tensors of one shape. */
export function meanDistance<Kind extends Tensor>(x: Kind, y: Kind): Scalar {
  return withGradient(
    [x, y],
    () => {
      const difference = sub<Kind>(x, y)
      return { value: tidy(() => mul<Scalar>(stagedSum(abs(difference)), 1 / x.size)), saved: [difference] }
    },
    (dy, [difference]) => {
      const slope = mul(mul(clipByValue(mul(difference, SIGN_GAIN), -1, 1), 1 / x.size), dy)
      return [slope, neg(slope)]
    },
  )
}

/**
 * How great a distance is compared with another: numerator / (denominator + 1e-12).
 * @param numerator no gradient
 */
export function ratio(numerator: Scalar, denominator: Scalar): Scalar {
  return withGradient(
    [denominator],
    () => {
      const inverse = tidy(() => div<Scalar>(1, add(denominator, RATIO_FLOOR)))
      const value = mul<Scalar>(numerator, inverse)
      return { value, saved: [value, inverse] }
    },
    (dy, [value, inverse]) => [neg(mul(mul(value, inverse), dy))],
  )
}
