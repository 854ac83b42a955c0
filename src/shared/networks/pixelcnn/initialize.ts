import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { PixelcnnConfig } from './config.ts'
import { pixelcnnShapes } from './parameters.ts'

export const initializePixelcnn = (config: PixelcnnConfig, random: Random): ReadonlyMap<string, StoredTensor> =>
  startingWeights(pixelcnnShapes(config), random, { isZero: () => false, isOne: () => false })
