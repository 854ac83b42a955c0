import {
  add,
  concat,
  exp,
  mul,
  neg,
  reshape,
  slice,
  sub,
  sum,
  tidy,
  tile,
  type Rank,
  type Scalar,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { evaluate, type LogisticMixtureOptions } from './logistic-mixture.ts'
import { stagedSum } from './mean.ts'

/** A logistic distribution for each sample: [B, T, 1] each. */
export interface Logistics {
  readonly mean: Tensor3D
  readonly logScale: Tensor3D
}

/** Of a logistic of scale 1, nats. */
const ENTROPY = 2

/**
 * Mean of KL(student ‖ teacher) for a student whose samples are logistic and a teacher that is a mixture of logistics, as
 * Parallel WaveNet learns (van den Oord et al. 2018, eq. 5–7): the entropy is known, the cross entropy is the mean over
 * draws of each sample, while everything before it stays as it is. The teacher's parameters have a gradient too: they
 * depend on the samples that the student gave it.
 * @param teacher [B, T, 3M]: logits, means, log-scales, of one run over the student's own sound
 * @param standard [B, T, draws], standard logistic: ln u − ln(1 − u)
 */
export function monteCarloDivergence(
  student: Logistics,
  teacher: Tensor3D,
  standard: Tensor3D,
  options: LogisticMixtureOptions,
): Scalar {
  const [B, T, draws] = standard.shape
  assert(draws > 0, 'a divergence needs at least one draw of each sample')
  const count = B * T * draws
  // What a level's probability is of the density, so that equal distributions are no distance apart.
  const perLevel = Math.log(2 / (options.levels - 1))
  return withGradient(
    [student.mean, student.logScale, teacher],
    () => {
      const scale = tidy(() => exp(student.logScale))
      // Draws one after the other as items of their own, each before the same teacher.
      const apart = tidy(() =>
        concat(
          Array.from({ length: draws }, (_, draw) => slice(standard, [0, 0, draw], [B, T, 1])),
          0,
        ),
      )
      const { losses, slope } = tidy(() => {
        const samples = add(tile(student.mean, [draws, 1, 1]), mul(tile(scale, [draws, 1, 1]), apart))
        return evaluate(tile(teacher, [draws, 1, 1]), reshape<Rank.R2>(samples, [draws * B, T]), options)
      })
      const value = tidy(() => {
        const cross = mul(stagedSum(losses), 1 / count)
        const entropy = mul(stagedSum(student.logScale), 1 / (B * T))
        return add<Scalar>(sub(cross, entropy), perLevel - ENTROPY)
      })
      return { value, saved: [slope, apart, scale] }
    },
    (dy, saved) => {
      const [slope, apart, scale] = saved as [Tensor3D, Tensor3D, Tensor3D] // saved above in this order
      const M = slope.shape[2] / 3
      // A loss depends on how far a sample is from the means: what it gains by theirs it loses by its own.
      const ofSample = neg(sum(slice(slope, [0, 0, M], [draws * B, T, M]), 2, true)) as Tensor3D // one for each sample
      const overDraws = (x: Tensor3D): Tensor3D => {
        const [, , C] = x.shape
        return reshape(sum(reshape(x, [draws, B * T * C]), 0), [B, T, C])
      }
      const perDraw = mul(dy, 1 / count)
      const toScale = mul(overDraws(mul(ofSample, apart)), scale)
      return [
        mul(overDraws(ofSample), perDraw),
        sub(mul(toScale, perDraw), mul(dy, 1 / (B * T))),
        mul(overDraws(slope), perDraw),
      ]
    },
  )
}
