import { mul, square, sub, sum, tanh, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * range · tanh(h) per channel: a log-scale that can't run away (Dinh et al. 2017).
 * @param h [B, T, C]
 * @param range [C]
 */
export const boundedLogScale = (h: Tensor3D, range: Tensor1D): Tensor3D =>
  withGradient(
    [h, range],
    () => {
      const bent = tanh(h)
      return { value: mul<Tensor3D>(bent, range), saved: [bent, range] }
    },
    (dy, [bent, range]) => [mul(mul(dy, range), sub(1, square(bent))), sum(sum(mul(dy, bent), 1), 0)],
  )
