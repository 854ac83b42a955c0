import {
  add,
  clipByValue,
  concat,
  div,
  exp,
  greater,
  log,
  logSumExp,
  logicalNot,
  mul,
  neg,
  reshape,
  sigmoid,
  slice,
  softmax,
  softplus,
  sub,
  tidy,
  where,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

/** Under this probability of a level the density in its middle is the better number. */
const LEAST_PROBABILITY = 1e-5

export interface LogisticMixtureOptions {
  /** Levels of the samples between −1 and 1: 256, or 65,536. */
  readonly levels: number
  /** Log-scales under this count as this, and are not learned further. */
  readonly leastLogScale: number
  /** Beyond ± this a sample takes the whole tail; missing, between the outermost level and the next. */
  readonly edge?: number
}

/**
 * Mean over samples of −ln p under a discretized mixture of logistics (Salimans et al. 2017), in nats. The outermost
 * levels take the whole tail, so that the levels' probabilities sum to one.
 * @param parameters [B, T, 3M]: logits, means, log-scales of M logistics
 * @param y [B, T] in −1…1, no gradient
 */
export function logisticMixtureLoss(parameters: Tensor3D, y: Tensor2D, options: LogisticMixtureOptions): Scalar {
  const count = y.size
  return withGradient(
    [parameters],
    () => {
      const { losses, slope } = tidy(() => evaluate(parameters, y, options))
      return { value: tidy(() => mul<Scalar>(stagedSum(losses), 1 / count)), saved: [slope] }
    },
    (dy, [slope]) => [mul(mul(slope, 1 / count), dy)],
  )
}

/** −ln p of each sample [B, T], and its slope for every parameter. */
export function evaluate(
  parameters: Tensor3D,
  y: Tensor2D,
  { levels, leastLogScale, edge = 1 - 1 / (levels - 1) }: LogisticMixtureOptions,
): { readonly losses: Tensor2D; readonly slope: Tensor3D } {
  const [B, T, wide] = parameters.shape
  assert(wide % 3 === 0, `a mixture has three parameters a logistic, not ${wide} in all`)
  const M = wide / 3
  const part = (index: number): Tensor3D => slice(parameters, [0, 0, index * M], [B, T, M])
  const [logits, means, given] = [part(0), part(1), part(2)]
  const isLearned = greater(given, leastLogScale)
  const logScales = clipByValue(given, leastLogScale, Infinity)
  const inverse = exp(neg(logScales))
  const half = 1 / (levels - 1)
  const difference = sub(reshape<Rank.R3>(y, [B, T, 1]), means)
  const plus = mul(inverse, add(difference, half))
  const minus = mul(inverse, sub(difference, half))
  const middle = mul(inverse, difference)
  const [below, above] = [sigmoid(plus), sigmoid(minus)]

  // Each case: ln p, and its slopes for the place inside of the logistic (times the inverse scale) and for the scale.
  const probability = sub(below, above)
  const isLikely = greater(probability, LEAST_PROBABILITY)
  const safe = clipByValue(probability, LEAST_PROBABILITY, 1)
  const bell = (s: Tensor) => mul(s, sub(1, s))
  const [bellBelow, bellAbove] = [bell(below), bell(above)]
  const inside: Case = {
    value: where(
      isLikely,
      log(safe),
      sub(sub(middle, logScales), add(mul(softplus(middle), 2), Math.log((levels - 1) / 2))),
    ),
    place: where(isLikely, div(sub(bellBelow, bellAbove), safe), sub(1, mul(sigmoid(middle), 2))),
    scale: where(
      isLikely,
      div(sub(mul(plus, bellBelow), mul(minus, bellAbove)), safe),
      add(mul(middle, sub(1, mul(sigmoid(middle), 2))), 1),
    ),
  }
  const lowest: Case = { value: neg(softplus(neg(plus))), place: sub(1, below), scale: mul(plus, sub(1, below)) }
  const highest: Case = { value: neg(softplus(minus)), place: neg(above), scale: neg(mul(minus, above)) }
  const wideY = reshape<Rank.R3>(y, [B, T, 1])
  const isHighest = greater(wideY, edge)
  const isInside = logicalNot(greater(-edge, wideY))
  const pick = (key: keyof Case): Tensor3D =>
    where(isHighest, highest[key], where(isInside, inside[key], lowest[key])) as Tensor3D // the shape of all three

  const logPrior = sub(logits, logSumExp(logits, 2, true))
  const joint = add<Tensor3D>(pick('value'), logPrior)
  const share = softmax(joint, 2)
  return {
    losses: neg(reshape<Rank.R2>(logSumExp(joint, 2), [B, T])),
    slope: concat<Tensor3D>(
      [
        sub(softmax(logits, 2), share),
        mul(mul(share, pick('place')), inverse),
        where(isLearned, mul(share, pick('scale')), mul(share, 0)) as Tensor3D,
      ],
      2,
    ),
  }
}

interface Case {
  readonly value: Tensor
  /** Of ln p for plus, minus or middle, which fall with the mean: so the loss rises by it. */
  readonly place: Tensor
  /** Of −ln p for the log-scale. */
  readonly scale: Tensor
}
