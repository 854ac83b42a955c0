import { dispose, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { createParameterLayout, packParameters, toTensors, type TensorsByName } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import { CEPSTRA, type RelganConfig } from './config.ts'
import { generate } from './generator.ts'
import { generatorShapes, type RelganParameters } from './parameters.ts'

/**
 * Normalized maps [B × cepstra × T] through the generator, as data; T a multiple of four.
 * @param v [B × K], or [B × T × K] along a curve
 */
export type Generate = (maps: Float32Array, itemCount: number, v: Float32Array) => Promise<Float32Array>

/** Calls the generator with these parameters, which stay whose they are. */
export const generateWith =
  ({ emotions: K }: RelganConfig, parameters: TensorsByName): Generate =>
  async (maps, itemCount, v) => {
    const frameCount = maps.length / (itemCount * CEPSTRA)
    const [made] = await readTensors(() => {
      const attribute =
        v.length === itemCount * K ? tensor2d(v, [itemCount, K]) : tensor3d(v, [itemCount, frameCount, K])
      return [generate(tensor3d(maps, [itemCount, CEPSTRA, frameCount]), attribute, parameters)]
    })
    return made
  }

/** Lends a generator of these stored parameters to some work and frees it afterwards, however the work ends. */
export async function withGenerator<Result>(
  config: RelganConfig,
  parameters: RelganParameters,
  work: (generate: Generate) => Promise<Result>,
): Promise<Result> {
  const layout = createParameterLayout(generatorShapes(config))
  const tensors = toTensors(layout, packParameters(layout, parameters))
  try {
    return await work(generateWith(config, tensors))
  } finally {
    dispose([...tensors.values()])
  }
}
