/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) over one flat array; also its moments as data. */
export interface AdamWState {
  readonly weights: Float32Array
  readonly firstMoment: Float32Array
  readonly secondMoment: Float32Array
}

export interface AdamWOptions {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly decay: number
}

export function createAdamWState(weights: Float32Array): AdamWState {
  return {
    weights: weights.slice(),
    firstMoment: new Float32Array(weights.length),
    secondMoment: new Float32Array(weights.length),
  }
}

/** A state that no update of the other touches. */
export const copyAdamWState = ({ weights, firstMoment, secondMoment }: AdamWState): AdamWState => ({
  weights: weights.slice(),
  firstMoment: firstMoment.slice(),
  secondMoment: secondMoment.slice(),
})

/**
 * One update, in place. Plain arithmetic on arrays, so that it is the same on every backend.
 * @param stepNumber 1 for the first update
 */
export function adamWStep(
  state: AdamWState,
  gradient: Float32Array,
  rate: number,
  stepNumber: number,
  options: AdamWOptions,
): void {
  const { weights, firstMoment, secondMoment } = state
  const { beta1, beta2, epsilon, decay } = options
  const firstCorrection = 1 - beta1 ** stepNumber
  const secondCorrection = 1 - beta2 ** stepNumber
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]
    const m = (firstMoment[i] = beta1 * firstMoment[i] + (1 - beta1) * g)
    const v = (secondMoment[i] = beta2 * secondMoment[i] + (1 - beta2) * g * g)
    const direction = m / firstCorrection / (Math.sqrt(v / secondCorrection) + epsilon)
    weights[i] -= rate * (direction + decay * weights[i])
  }
}

/** Scales the gradient in place so that its Euclidean norm is at most `limit`; returns the norm it had. */
export function clipNorm(gradient: Float32Array, limit: number): number {
  let sum = 0
  for (let i = 0; i < gradient.length; i++) sum += gradient[i] * gradient[i]
  const norm = Math.sqrt(sum)
  if (norm > limit) {
    const scale = limit / norm
    for (let i = 0; i < gradient.length; i++) gradient[i] *= scale
  }
  return norm
}
