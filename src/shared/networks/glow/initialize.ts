import type { Random } from '../../base/random.ts'
import type { PermutedTriangles } from '../../nn/flow.ts'
import { randomRotation } from '../../nn/mixing.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import { startingWeights } from '../../nn/starting-weights.ts'
import { levelWidths, type GlowConfig } from './config.ts'
import { glowShapes } from './parameters.ts'

export interface FreshGlow {
  readonly parameters: ReadonlyMap<string, StoredTensor>
  /** Step after step; kept with the parameters. */
  readonly permutations: readonly PermutedTriangles[]
}

/** Mixing starts as random rotations, couplings and priors as if they were not there. */
export function initializeGlow(config: GlowConfig, random: Random): FreshGlow {
  const parameters = startingWeights(glowShapes(config), random, {
    isZero: (name) => name.endsWith('/end/weight') || name.endsWith('/prior/weight'),
    isOne: (name) => name.endsWith('/scale'),
  })
  const permutations = levelWidths(config).flatMap((width, level) =>
    Array.from({ length: config.stepsPerLevel }, (_, step) => {
      const { order, signs, lower, upper, logScale } = randomRotation(width, random)
      const name = `level${level}/step${step}`
      parameters.set(`${name}/lower`, { shape: [width, width], values: lower })
      parameters.set(`${name}/upper`, { shape: [width, width], values: upper })
      parameters.set(`${name}/log-scale`, { shape: [width], values: logScale })
      return { order, signs }
    }),
  )
  return { parameters, permutations }
}
