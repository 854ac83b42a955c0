import { FRAME_SAMPLES, GROUP } from '../source-filter/config.ts'
import type { FlowVocoderConfig } from './config.ts'
import { flowVocoderShapes } from './parameters.ts'

/** Multiplications for one sample of sound. */
export const flowProductsPerSample = (config: FlowVocoderConfig): number =>
  [...flowVocoderShapes(config)]
    .filter(([name]) => name.endsWith('/weight') || name.endsWith('/lower'))
    .reduce((sum, [name, shape]) => {
      const weights = shape.reduce((product, size) => product * size, 1)
      return sum + weights / (name.includes('condition') ? FRAME_SAMPLES : GROUP)
    }, 0)

/** 10⁹ multiplications and additions of one step: forward and both gradients. */
export const flowGflopPerStep = (config: FlowVocoderConfig, samples: number): number =>
  (2 * samples * 3 * flowProductsPerSample(config)) / 1e9
