import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { WavenetVocoderConfig } from './config.ts'
import { wavenetVocoderShapes } from './parameters.ts'

/** Fresh weights by name, in stored layout: every sample begins as white noise of power 1, which it nearly is. */
export const initializeWavenetVocoder = (config: WavenetVocoderConfig, random: Random): Map<string, StoredTensor> =>
  startingWeights(wavenetVocoderShapes(config), random, {
    isZero: (name) => name === 'end/weight',
    isOne: () => false,
  })
