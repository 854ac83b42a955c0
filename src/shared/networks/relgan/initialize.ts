import type { Random } from '../../base/random.ts'
import type { StoredTensor } from '../../nn/parameters.ts'
import type { RelganConfig } from './config.ts'
import { relganShapes } from './parameters.ts'

/** Fresh weights by name, in stored layout: uniform after Glorot and Bengio 2010, biases and offsets 0, gains 1. */
export function initializeRelgan(config: RelganConfig, random: Random): Map<string, StoredTensor> {
  const parameters = new Map<string, StoredTensor>()
  for (const [name, shape] of relganShapes(config)) {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1))
    if (name.endsWith('/gain')) values.fill(1)
    if (name.endsWith('/weight')) {
      const [outputs, inputs, ...taps] = shape
      const places = taps.reduce((product, size) => product * size, 1)
      const bound = Math.sqrt(6 / ((inputs + outputs) * places))
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1)
    }
    parameters.set(name, { shape, values })
  }
  return parameters
}

/** Where the power iteration of each weight of the discriminator starts, by name. */
export function initializeSingularVectors(config: RelganConfig, random: Random): Map<string, Float32Array> {
  const vectors = new Map<string, Float32Array>()
  for (const [name, shape] of relganShapes(config)) {
    if (name.startsWith('generator/') || !name.endsWith('/weight')) continue
    const length = shape.slice(1).reduce((product, size) => product * size, 1)
    vectors.set(
      name,
      Float32Array.from({ length }, () => random.normal()),
    )
  }
  return vectors
}
