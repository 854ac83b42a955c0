import {
  add,
  clipByValue,
  exp,
  greater,
  mul,
  neg,
  square,
  sub,
  tidy,
  where,
  type Scalar,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'
import { stagedSum } from './mean.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * Mean of −ln of a Gaussian density, in nats. Log-deviations under `leastLogDeviation` count as it and are not learned.
 * @param y [B, T, C], no gradient; mean and log-deviation of the same shape
 */
export function gaussianLoss(y: Tensor3D, mean: Tensor3D, logDeviation: Tensor3D, leastLogDeviation: number): Scalar {
  const count = y.size
  return withGradient(
    [mean, logDeviation],
    () => {
      const s = tidy(() => clipByValue(logDeviation, leastLogDeviation, Infinity))
      const precision = tidy(() => exp(mul(s, -2)))
      const difference = sub(y, mean)
      const value = tidy(() => {
        const losses = add(add(s, HALF_LOG_TWO_PI), mul(mul(square(difference), precision), 0.5))
        return mul<Scalar>(stagedSum(losses), 1 / count)
      })
      return { value, saved: [difference, precision, logDeviation] }
    },
    (dy, [difference, precision, logDeviation]) => {
      const scale = mul(dy, 1 / count)
      const toMean = mul(neg(mul(difference, precision)), scale)
      const toDeviation = mul(sub(1, mul(square(difference), precision)), scale)
      return [toMean, where(greater(logDeviation, leastLogDeviation), toDeviation, mul(toDeviation, 0))]
    },
  )
}

/** A Gaussian for each sample: [B, T, C] each. */
export interface Gaussians {
  readonly mean: Tensor3D
  readonly logDeviation: Tensor3D
}

/** As published with ClariNet: what keeps the two deviations near each other. */
const DEVIATION_PENALTY = 4

/**
 * Mean of KL(student ‖ teacher) in closed form, with log-deviations of at least `leastLogDeviation`, and a penalty on
 * how far the unclamped ones are apart (Ping et al. 2018). The teacher's have a gradient too: they depend on the samples
 * that the student gave it.
 */
export function gaussianDivergence(
  student: Gaussians,
  teacher: Gaussians,
  leastLogDeviation: number,
  penalty = DEVIATION_PENALTY,
): Scalar {
  const count = student.mean.size
  return withGradient(
    [student.mean, student.logDeviation, teacher.mean, teacher.logDeviation],
    () => {
      const a = tidy(() => clipByValue(student.logDeviation, leastLogDeviation, Infinity))
      const b = tidy(() => clipByValue(teacher.logDeviation, leastLogDeviation, Infinity))
      const precision = tidy(() => exp(mul(b, -2)))
      const variance = tidy(() => exp(mul(a, 2)))
      const apart = sub(student.mean, teacher.mean)
      const wider = sub(student.logDeviation, teacher.logDeviation)
      const value = tidy(() => {
        const kl = add(sub(b, a), mul(sub(mul(add(variance, square(apart)), precision), 1), 0.5))
        return mul<Scalar>(stagedSum(add(kl, mul(square(wider), penalty))), 1 / count)
      })
      return { value, saved: [apart, variance, precision, wider, student.logDeviation, teacher.logDeviation] }
    },
    (dy, [apart, variance, precision, wider, ofStudent, ofTeacher]) => {
      const scale = mul(dy, 1 / count)
      const learned = (logDeviation: Tensor, slope: Tensor) =>
        where(greater(logDeviation, leastLogDeviation), slope, mul(slope, 0))
      const drawn = mul(wider, 2 * penalty)
      const toMean = mul(mul(apart, precision), scale)
      const narrower = learned(ofStudent, sub(mul(variance, precision), 1))
      const broader = learned(ofTeacher, sub(1, mul(add(variance, square(apart)), precision)))
      return [toMean, mul(add(narrower, drawn), scale), neg(toMean), mul(sub(broader, drawn), scale)]
    },
  )
}
