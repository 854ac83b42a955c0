import { generatorWeights, type GeneratorWeights } from '../../networks/relgan/losses.ts'
import type { RelganRates } from '../../networks/relgan/training-step.ts'

/** As published: over this many steps both rates fall in a straight line, and stay there. */
export const PUBLISHED_STEPS = 100_000
const GENERATOR_RATES = { first: 2e-4, last: 1e-5 }
const DISCRIMINATOR_RATES = { first: 1e-4, last: 2e-5 }
/** The backward and triangle terms lose a tenth after every tenth of the way. */
const FADING_SHARE = 0.1
const FADING = 0.9

/**
 * @param step steps done
 * @param wholeSteps the way that the rates fall over: a shorter training walks it all, faster
 */
export const relganRates = (step: number, wholeSteps = PUBLISHED_STEPS): RelganRates => ({
  generator: falling(GENERATOR_RATES, step / wholeSteps),
  discriminator: falling(DISCRIMINATOR_RATES, step / wholeSteps),
})

/** @param step steps done */
export function relganWeights(step: number, wholeSteps = PUBLISHED_STEPS): GeneratorWeights {
  const faded = FADING ** Math.floor(step / (wholeSteps * FADING_SHARE))
  const { backward, triangle } = generatorWeights
  return { ...generatorWeights, backward: backward * faded, triangle: triangle * faded }
}

const falling = ({ first, last }: { readonly first: number; readonly last: number }, share: number): number =>
  first + (last - first) * Math.min(share, 1)
