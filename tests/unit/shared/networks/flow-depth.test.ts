import { setBackend, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { flowavenetSizes } from '../../../../src/shared/networks/flowavenet/config.ts'
import * as flowavenet from '../../../../src/shared/networks/flowavenet/network.ts'
import { flowavenetShapes } from '../../../../src/shared/networks/flowavenet/parameters.ts'
import { waveglowSizes } from '../../../../src/shared/networks/waveglow/config.ts'
import * as waveglow from '../../../../src/shared/networks/waveglow/network.ts'
import { waveglowShapes } from '../../../../src/shared/networks/waveglow/parameters.ts'
import { mixingMatrices } from '../../../../src/shared/nn/mixing.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { drawnWaveglow, drawnWeights } from '../../../support/drawn-flow.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const SAMPLES = 1024
const MOST_ERROR = 1e-4
/** All flows, blocks and layers that are published, a few channels each. */
const thin = { channels: 8, mels: 3 } as const

const drawn = (random: Random, wide: number, scale = 1) =>
  tensor3d(
    Float32Array.from({ length: SAMPLES * wide }, () => scale * random.normal()),
    [1, SAMPLES, wide],
  )

function expectSame(back: Float32Array, sound: Float32Array): void {
  const error = sound.reduce((most, value, index) => Math.max(most, Math.abs(value - back[index])), 0)
  expect(error).toBeGreaterThan(0)
  expect(error).toBeLessThan(MOST_ERROR)
}

test('FloWaveNet at its published depth of 48 flows gives back the sound from its noise', async () => {
  const config = { ...flowavenetSizes.paper, ...thin }
  const random = createRandom(1)
  const layout = createParameterLayout(flowavenetShapes(config))
  const weights = packParameters(layout, drawnWeights(flowavenetShapes(config), random))
  const [sound, back] = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const [audio, mel] = [drawn(random, 1, 0.3), drawn(random, thin.mels)]
    const { z } = flowavenet.flowForward(audio, mel, parameters, config)
    return [audio, flowavenet.flowInverse(z, mel, parameters, config)]
  })
  expectSame(back, sound)
})

test('WaveGlow at its published depth of 12 flows of 8 layers gives back the sound from its noise', async () => {
  const config = { ...waveglowSizes.paper, ...thin }
  const random = createRandom(2)
  const layout = createParameterLayout(waveglowShapes(config))
  const { stored, mixings } = drawnWaveglow(config, random)
  const [sound, back] = await readTensors(() => {
    const parameters = toTensors(layout, packParameters(layout, stored))
    const inverses = mixings.map((mixing) => {
      const { inverse } = mixingMatrices(mixing.lower, mixing.upper, mixing.logScale, mixing)
      return tensor2d(Float32Array.from(inverse), [mixing.order.length, mixing.order.length])
    })
    const [audio, mel] = [drawn(random, 1, 0.3), drawn(random, thin.mels)]
    const { z } = waveglow.flowForward(audio, mel, parameters, mixings, config)
    return [audio, waveglow.flowInverse(z, mel, parameters, inverses, config)]
  })
  expectSame(back, sound)
})
