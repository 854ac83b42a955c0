import { mul, type Tensor } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * Times numbers that are not learned.
 * @param factors of the same shape, or 1 along any axis
 */
export const timesConstant = <Kind extends Tensor>(x: Kind, factors: Kind): Kind =>
  withGradient<Kind>(
    [x],
    () => ({ value: mul<Kind>(x, factors), saved: [factors] }),
    (dy, [factors]) => [mul(dy, factors)],
  )
