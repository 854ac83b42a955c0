import type { Random } from '../base/random.ts'
import type { StoredTensor } from './parameters.ts'

/** How a fresh network's parameters differ from what is usual, told by name. */
export interface StartingRules {
  /** Starts as zeros although it is a weight: a network's last layer, so that it does nothing at first. */
  readonly isZero: (name: string) => boolean
  /** Starts as ones: gains that multiply. */
  readonly isOne: (name: string) => boolean
}

/**
 * Fresh weights by name, in stored layout: normal with the variance that a rectifier keeps (He et al. 2015), all others
 * zeros, but for what the rules name.
 */
export function startingWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  random: Random,
  { isZero, isOne }: StartingRules,
): Map<string, StoredTensor> {
  const weights = new Map<string, StoredTensor>()
  for (const [name, shape] of shapes) {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1))
    if (isOne(name)) values.fill(1)
    else if (name.endsWith('/weight') && !isZero(name)) {
      const deviation = Math.sqrt((2 * shape[0]) / values.length)
      for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal()
    }
    weights.set(name, { shape, values })
  }
  return weights
}
