import { leakyRelu as leaky, mul, relu as plain, step, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** max(h, 0) */
export function relu(h: Tensor3D): Tensor3D {
  return withGradient(
    [h],
    () => {
      const value = plain(h)
      return { value, saved: [value] }
    },
    (dy, [value]) => [mul(dy, step(value))],
  )
}

/** h where it is positive, else `slope` · h; slope over 0. */
export function leakyRelu(h: Tensor3D, slope: number): Tensor3D {
  return withGradient(
    [h],
    () => ({ value: leaky(h, slope), saved: [h] }),
    (dy, [h]) => [mul(dy, step(h, slope))],
  )
}
