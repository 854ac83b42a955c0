import { exp, mul, sum, tidy, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** As published with Glow: so that the gain learns faster than the weights before it, which start as zeros. */
const LOG_GAIN = 3

/**
 * h · e^(3 · gain) per channel (Kingma and Dhariwal 2018).
 * @param h [B, T, C]
 * @param gain [C]
 */
export function exponentialGain(h: Tensor3D, gain: Tensor1D): Tensor3D {
  return withGradient(
    [h, gain],
    () => {
      const factor = tidy(() => exp(mul(gain, LOG_GAIN)))
      const value = mul<Tensor3D>(h, factor)
      return { value, saved: [factor, value] }
    },
    (dy, [factor, value]) => [mul(dy, factor), mul(sum(sum(mul(dy, value), 1), 0), LOG_GAIN)],
  )
}
