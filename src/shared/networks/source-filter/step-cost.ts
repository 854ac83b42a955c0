import { QUARTER_STRIDE } from '../../nn/lowest-quarter.ts'
import { FRAME_SAMPLES, GROUP, LOSS_WINDOWS, LOW_LOSS_WINDOWS, type SourceFilterConfig } from './config.ts'
import { sourceFilterShapes } from './parameters.ts'

/** Of the energy distance for each sample and draw: windows, each a quarter after the one before, all bins. */
export const DISTANCE_PRODUCTS = windowProducts(LOSS_WINDOWS) + windowProducts(LOW_LOSS_WINDOWS) / QUARTER_STRIDE
function windowProducts(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + 4 * (size + 2), 0)
}

/** Each item is drawn twice. */
export const DRAWS = 2

/** Multiplications for one sample of sound. */
export const productsPerSample = (config: SourceFilterConfig): number =>
  [...sourceFilterShapes(config)]
    .filter(([name]) => name.endsWith('/weight'))
    .reduce((sum, [name, shape]) => {
      const weights = shape.reduce((product, size) => product * size, 1)
      return sum + weights / (name.includes('condition') ? FRAME_SAMPLES : GROUP)
    }, 0)

/** 10⁹ multiplications and additions of one step: forward and both gradients, and the loss there and back. */
export const sourceFilterGflopPerStep = (config: SourceFilterConfig, samples: number): number =>
  (2 * DRAWS * samples * (3 * productsPerSample(config) + 2 * DISTANCE_PRODUCTS)) / 1e9
