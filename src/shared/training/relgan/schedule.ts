import { generatorWeights, type GeneratorWeights } from '../../networks/relgan/losses.ts'
import type { RelganRates } from '../../networks/relgan/training-step.ts'

/** Over this many steps both rates fall in a straight line, and stay there. */
const FALLING_STEPS = 100_000
const GENERATOR_RATES = { first: 2e-4, last: 1e-5 }
const DISCRIMINATOR_RATES = { first: 1e-4, last: 2e-5 }
/** The backward and triangle terms lose a tenth after every so many steps. */
const FADING_STEPS = 10_000
const FADING = 0.9

/** @param step steps done */
export const relganRates = (step: number): RelganRates => ({
  generator: falling(GENERATOR_RATES, step),
  discriminator: falling(DISCRIMINATOR_RATES, step),
})

/** @param step steps done */
export function relganWeights(step: number): GeneratorWeights {
  const faded = FADING ** Math.floor(step / FADING_STEPS)
  const { backward, triangle } = generatorWeights
  return { ...generatorWeights, backward: backward * faded, triangle: triangle * faded }
}

const falling = ({ first, last }: { readonly first: number; readonly last: number }, step: number): number =>
  first + (last - first) * Math.min(step / FALLING_STEPS, 1)
