import { spectralAutoencoderSizes } from '../../../shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../../shared/networks/spectral-autoencoder/parameters.ts'

/** The batch that a step is measured with: what the trainer learns from. */
export const STEP_ITEMS = 8
export const STEP_FRAMES = 160

/**
 * Multiplications and additions of one measured step, in 10⁹: each weight of a convolution once per frame, forward
 * and for both gradients. What is linear, elementwise or the optimizer's is left out.
 */
export function gflopPerStep(size: 'fast' | 'standard' = 'fast'): number {
  const weights = [...parameterShapes(spectralAutoencoderSizes[size], 1).values()]
    .filter((shape) => shape.length === 3)
    .reduce((sum, [outputs, inputs, taps]) => sum + outputs * inputs * taps, 0)
  return (2 * 3 * weights * STEP_ITEMS * STEP_FRAMES) / 1e9
}
