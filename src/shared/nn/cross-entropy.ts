import {
  cast,
  div,
  exp,
  log,
  max,
  mul,
  oneHot,
  ones,
  reshape,
  sub,
  sum,
  tensor1d,
  tidy,
  type Rank,
  type Scalar,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

/**
 * Mean over items and frames of −ln softmax at the true class, in nats.
 * @param logits [B, T, K]
 * @param classes 0 … K − 1, B · T of them
 */
export function softmaxCrossEntropy(logits: Tensor3D, classes: Int32Array): Scalar {
  const [B, T, K] = logits.shape
  assert(classes.length === B * T, `${B * T} frames need as many classes, not ${classes.length}`)
  return withGradient(
    [logits],
    () => {
      const flat = tidy(() => {
        const rows = reshape<Rank.R2>(logits, [B * T, K])
        return sub<Tensor2D>(rows, max(rows, 1, true)) // so that no exponential overflows
      })
      const target = tidy(() => {
        // A single class is always the true one.
        if (K === 1) return ones<Rank.R2>([B * T, K])
        return reshape<Rank.R2>(cast(oneHot(tensor1d(classes, 'int32'), K), 'float32'), [B * T, K])
      })
      const powers = exp(flat)
      const totals = sum<Tensor2D>(powers, 1, true)
      const value = tidy(() => {
        const losses = sub(log(totals), sum(mul(flat, target), 1, true))
        return mul<Scalar>(stagedSum(losses), 1 / (B * T))
      })
      return { value, saved: [div<Tensor2D>(powers, totals), target] }
    },
    (dy, [likely, target]) => [reshape(mul(mul(sub(likely, target), 1 / (B * T)), dy), [B, T, K])],
  )
}
