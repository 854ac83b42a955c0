import { mul, type Tensor4D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * Times numbers that are not learned.
 * @param x [B, H, W, C]
 * @param factors [1, H, W, C]
 */
export const timesConstant = (x: Tensor4D, factors: Tensor4D): Tensor4D =>
  withGradient(
    [x],
    () => ({ value: mul<Tensor4D>(x, factors), saved: [factors] }),
    (dy, [factors]) => [mul(dy, factors)],
  )
