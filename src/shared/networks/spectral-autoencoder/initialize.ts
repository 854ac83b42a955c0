import type { Random } from '../../base/random.ts'
import type { SpectralAutoencoderConfig } from './config.ts'
import { parameterShapes, type NamedTensor } from './parameters.ts'

/**
 * Fresh weights: uniform within ±1/√(inputs · taps) for weights and biases alike, singers' rows of length 1.
 * @returns by name, in stored layout
 */
export function initializeParameters(
  config: SpectralAutoencoderConfig,
  singerCount: number,
  random: Random,
): Map<string, NamedTensor> {
  return initializeShapes(parameterShapes(config, singerCount), config, singerCount, random)
}

/** The same for any parameters by name and shape. */
export function initializeShapes(
  shapes: ReadonlyMap<string, readonly number[]>,
  config: SpectralAutoencoderConfig,
  singerCount: number,
  random: Random,
): Map<string, NamedTensor> {
  const parameters = new Map<string, NamedTensor>()
  let bound = 1
  for (const [name, shape] of shapes) {
    const count = shape.reduce((product, size) => product * size, 1)
    if (name === 'singers/table') {
      parameters.set(name, { shape, values: unitRows(singerCount, config.singer, random) })
      continue
    }
    // A bias follows its weight and takes the same bound.
    if (name.endsWith('/weight')) bound = 1 / Math.sqrt(count / shape[0])
    parameters.set(name, {
      shape,
      values: Float32Array.from({ length: count }, () => bound * (2 * random.uniform() - 1)),
    })
  }
  return parameters
}

function unitRows(count: number, width: number, random: Random): Float32Array {
  const values = new Float32Array(count * width)
  for (let start = 0; start < values.length; start += width) {
    const row = Array.from({ length: width }, () => random.normal())
    const norm = Math.hypot(...row)
    values.set(
      row.map((value) => value / norm),
      start,
    )
  }
  return values
}
