import {
  add,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  tidy,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** Keeps a constant channel from dividing by zero. */
const VARIANCE_FLOOR = 1e-6

/**
 * Instance normalization with a gain and an offset per channel (Ulyanov et al. 2016): per item and channel the mean over
 * all places goes, and the variance (over n) becomes 1.
 * @param h [B, …, C]
 * @param gain [C]
 * @param offset [C]
 * @returns the shape of `h`
 */
export function instanceNorm<Kind extends Tensor>(h: Kind, gain: Tensor1D, offset: Tensor1D): Kind {
  const B = h.shape[0]
  const C = h.shape[h.shape.length - 1]
  const places: [number, number, number] = [B, h.size / (B * C), C]
  return withGradient<Kind>(
    [h, gain, offset],
    () => {
      const flat = tidy(() => reshape(h, places))
      const centered = tidy(() => sub(flat, mean(flat, 1, true)))
      const scale = tidy(() => rsqrt(add(mean(square(centered), 1, true), VARIANCE_FLOOR)))
      const normal = mul(centered, scale)
      const value = tidy(() => reshape(add(mul(normal, gain), offset), h.shape) as Tensor as Kind) // the shape is kept
      return { value, saved: [normal, scale, gain] }
    },
    (dy, [normal, scale, gain]) => {
      const arrived = reshape(dy, places)
      const along = sum(mul(arrived, normal), 1, true) // [B, 1, C]
      const total = sum(arrived, 1, true)
      const share = 1 / places[1]
      const removed = add(mul(normal, mul(along, share)), mul(total, share))
      const toInput = mul(mul(sub(arrived, removed), scale), gain)
      return [reshape(toInput, h.shape), sum(reshape(along, [B, C]), 0), sum(reshape(total, [B, C]), 0)]
    },
  )
}
