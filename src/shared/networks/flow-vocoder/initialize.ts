import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import type { FlowVocoderConfig } from './config.ts'
import { startingMixings } from './mixing.ts'
import { flowVocoderShapes } from './parameters.ts'

/** Fresh weights by name, in stored layout: couplings start as if they were not there. */
export function initializeFlowVocoder(config: FlowVocoderConfig, random: Random): Map<string, StoredTensor> {
  const weights = startingWeights(flowVocoderShapes(config), random, {
    isZero: (name) => name.endsWith('/end/weight'),
    isOne: () => false,
  })
  startingMixings(config).forEach(({ lower, upper, logScale }, flow) => {
    for (const [part, values] of Object.entries({ lower, upper, 'log-scale': logScale })) {
      const name = `flow${flow}/${part}`
      weights.set(name, { shape: weights.get(name)?.shape ?? [values.length], values })
    }
  })
  return weights
}
