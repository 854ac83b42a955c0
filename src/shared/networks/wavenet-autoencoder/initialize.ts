import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import type { WavenetAutoencoderConfig } from './config.ts'
import { wavenetAutoencoderShapes } from './parameters.ts'

/** How far a singer's row lies from the others' at first. */
const ROW_DEVIATION = 0.01

/**
 * Fresh weights by name, in stored layout: uniform within 1 / √(numbers that an output hears), as the published code
 * leaves them, biases 0, the singers' rows near 0. Larger ones (Glorot and Bengio 2010: by √3 a convolution) make
 * latents so large that the adversaries never catch up with them: the encoder gains by ever larger ones, without end.
 */
export function initializeWavenetAutoencoder(
  config: WavenetAutoencoderConfig,
  singerCount: number,
  random: Random,
): Map<string, StoredTensor> {
  return startingWavenetWeights(wavenetAutoencoderShapes(config, singerCount), random)
}

/** The same for any shapes of such an autoencoder. */
export function startingWavenetWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  random: Random,
): Map<string, StoredTensor> {
  const parameters = new Map<string, StoredTensor>()
  for (const [name, shape] of shapes) {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1))
    if (name === 'singers/table') {
      for (let i = 0; i < values.length; i++) values[i] = ROW_DEVIATION * random.normal()
    } else if (name.endsWith('/weight')) {
      const [, inputs, taps] = shape
      const bound = 1 / Math.sqrt(inputs * taps)
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1)
    }
    parameters.set(name, { shape, values })
  }
  return parameters
}
