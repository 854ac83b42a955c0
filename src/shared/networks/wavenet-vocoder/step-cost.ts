import { FRAME_SAMPLES } from '../source-filter/config.ts'
import type { WavenetVocoderConfig } from './config.ts'
import { wavenetVocoderShapes } from './parameters.ts'

/** Multiplications for one sample of sound. */
export const wavenetProductsPerSample = (config: WavenetVocoderConfig): number =>
  [...wavenetVocoderShapes(config)]
    .filter(([name]) => name.endsWith('/weight'))
    .reduce((sum, [name, shape]) => {
      const weights = shape.reduce((product, size) => product * size, 1)
      return sum + weights / (name.includes('condition') ? FRAME_SAMPLES : 1)
    }, 0)

/** 10⁹ multiplications and additions of one step: forward and both gradients. */
export const wavenetGflopPerStep = (config: WavenetVocoderConfig, samples: number): number =>
  (2 * samples * 3 * wavenetProductsPerSample(config)) / 1e9
