import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { RealnvpConfig } from './config.ts'
import { realnvpShapes } from './parameters.ts'

/** Couplings start as if they were not there. */
export const initializeRealnvp = (config: RealnvpConfig, random: Random): ReadonlyMap<string, StoredTensor> =>
  startingWeights(realnvpShapes(config), random, {
    isZero: (name) => name.endsWith('/end/weight'),
    isOne: (name) => name.endsWith('/range'),
  })
