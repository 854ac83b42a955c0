import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { SourceFilterConfig } from './config.ts'
import { sourceFilterShapes } from './parameters.ts'

/**
 * Fresh weights by name, in stored layout. The last layer is not zero: two draws of nothing would be the same, and the
 * loss would have no slope that parts them.
 */
export const initializeSourceFilter = (config: SourceFilterConfig, random: Random): Map<string, StoredTensor> =>
  startingWeights(sourceFilterShapes(config), random, { isZero: () => false, isOne: () => false })
