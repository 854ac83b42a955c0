import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { ParallelWavenetConfig } from './config.ts'
import { parallelWavenetShapes } from './parameters.ts'

/** Fresh weights by name, in stored layout: every flow starts as if it were not there, and sings its noise. */
export const initializeParallelWavenet = (config: ParallelWavenetConfig, random: Random): Map<string, StoredTensor> =>
  startingWeights(parallelWavenetShapes(config), random, {
    isZero: (name) => name.endsWith('/end/weight'),
    isOne: () => false,
  })
