import type { Tensor } from '@tensorflow/tfjs-core'

const known = new WeakSet<Tensor>()

/** A weight that is not learned here, such as a teacher's: no work is spent on its slope. */
export function frozen<Kind extends Tensor>(weight: Kind): Kind {
  known.add(weight)
  return weight
}

export const isFrozen = (weight: Tensor): boolean => known.has(weight)
