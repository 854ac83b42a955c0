import { setBackend, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { spectralAutoencoderSizes } from '../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { createInference, type ReadRows } from '../../../../src/shared/networks/spectral-autoencoder/inference.ts'
import { initializeParameters } from '../../../../src/shared/networks/spectral-autoencoder/initialize.ts'
import {
  createEncoderFrameWeights,
  decode,
  encode,
} from '../../../../src/shared/networks/spectral-autoencoder/network.ts'
import { parameterShapes } from '../../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { releasingTensors } from '../../../../src/shared/nn/scope.ts'
import { noiseBatch } from '../../../support/tiny-autoencoder.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

test.each(['tiny', 'fast', 'standard'] as const)(
  'the %s network that trains and the one that converts give the same numbers, over an odd number of frames',
  (size) => {
    const config = spectralAutoencoderSizes[size]
    const T = 45
    const parameters = initializeParameters(config, 1, createRandom(2))
    const { encoderInput, auxiliary } = noiseBatch(3, 1, T, 1)
    const row = parameters.get('singers/table')?.values ?? new Float32Array()
    const layout = createParameterLayout(parameterShapes(config, 1))
    const trained = releasingTensors(() => {
      const tensors = toTensors(layout, packParameters(layout, parameters))
      const weights = createEncoderFrameWeights(encoderInput, 1, T)
      const z = encode(tensor3d(encoderInput, [1, T, 57]), weights, tensors)
      const o = decode(z, tensor2d(row, [1, config.singer]), tensor3d(auxiliary, [1, T, 3]), tensors, config)
      return { z: z.dataSync(), o: o.dataSync() }
    })

    const inference = createInference(parameters, config)
    const latent = inference.encode(T, rowsOf(encoderInput, 57))
    const shapes = inference.decode(latent, row, T, rowsOf(auxiliary, 3), 0, T)

    expect(latent.length).toBe(trained.z.length)
    latent.forEach((value, index) => expect(Math.abs(value - trained.z[index])).toBeLessThan(1e-4))
    shapes.forEach((value, index) => expect(Math.abs(value - trained.o[index])).toBeLessThan(1e-4))
  },
)

const rowsOf =
  (values: Float32Array, width: number): ReadRows =>
  (first, count, output) => {
    output.set(values.subarray(first * width, (first + count) * width))
  }
