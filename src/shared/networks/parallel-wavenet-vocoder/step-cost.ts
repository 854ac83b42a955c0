import { FRAME_SAMPLES } from '../source-filter/config.ts'
import { DRAWS, DISTANCE_PRODUCTS } from '../source-filter/step-cost.ts'
import { wavenetVocoderSizes } from '../wavenet-vocoder/config.ts'
import { wavenetProductsPerSample } from '../wavenet-vocoder/step-cost.ts'
import type { ParallelWavenetConfig } from './config.ts'
import { parallelWavenetShapes } from './parameters.ts'

/** Multiplications for one sample of sound. */
export const parallelProductsPerSample = (config: ParallelWavenetConfig): number =>
  [...parallelWavenetShapes(config)]
    .filter(([name]) => name.endsWith('/weight'))
    .reduce((sum, [name, shape]) => {
      const weights = shape.reduce((product, size) => product * size, 1)
      return sum + weights / (name.includes('condition') ? FRAME_SAMPLES : 1)
    }, 0)

/**
 * 10⁹ multiplications and additions of one step, of two draws: forward and both gradients of the student, forward and
 * back through a compact teacher, and the distance there and back.
 */
export const parallelGflopPerStep = (config: ParallelWavenetConfig, samples: number): number => {
  const ofTeacher = wavenetProductsPerSample(wavenetVocoderSizes.compact)
  const products = 3 * parallelProductsPerSample(config) + 2 * ofTeacher + 2 * DISTANCE_PRODUCTS
  return (2 * DRAWS * samples * products) / 1e9
}
