import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes, type NamedTensor } from '../../src/shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingBatch } from '../../src/shared/networks/spectral-autoencoder/training-batch.ts'
import { createRandom } from '../../src/shared/base/random.ts'

/** Weights by formula, as the golden vectors have them: encoder and decoder are numbered apart, in order. */
export function formulaParameters(singerRow: readonly number[]): Map<string, NamedTensor> {
  const parameters = new Map<string, NamedTensor>()
  const counters = { encoder: 0, decoder: 0 }
  for (const [name, shape] of parameterShapes(spectralAutoencoderSizes.tiny, 1)) {
    if (name === 'singers/table') {
      parameters.set(name, { shape, values: Float32Array.from(singerRow) })
      continue
    }
    const part = name.startsWith('encoder/') ? 'encoder' : 'decoder'
    const tensorIndex = counters[part]++
    const count = shape.reduce((product, size) => product * size, 1)
    const columns = count / shape[0]
    const scale = (0.3 * (shape.length > 1 ? 3 : 1)) / Math.sqrt(columns)
    const values = Float32Array.from({ length: count }, (_, index) => scale * Math.sin(1 + 0.37 * index + tensorIndex))
    parameters.set(name, { shape, values })
  }
  return parameters
}

/** A small batch of noise with pauses. */
export function noiseBatch(seed: number, itemCount: number, frameCount: number, singerCount: number): TrainingBatch {
  const random = createRandom(seed)
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  const encoderInput = normals(itemCount * frameCount * 57)
  for (let row = 0; row < itemCount * frameCount; row++) {
    encoderInput[row * 57 + 56] = random.uniform() < 0.25 ? -2.5 : -0.3
  }
  return {
    frameCount,
    encoderInput,
    auxiliary: normals(itemCount * frameCount * 3),
    target: normals(itemCount * frameCount * 64),
    singerIndices: Array.from({ length: itemCount }, (_, item) => item % singerCount),
    isNarrow: Array.from({ length: itemCount }, (_, item) => item === 1),
  }
}
