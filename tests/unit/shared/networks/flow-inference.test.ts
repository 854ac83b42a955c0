import { setBackend, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { invertFlow } from '../../../../src/shared/dsp/coupling-flow.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { waveglowSizes } from '../../../../src/shared/networks/waveglow/config.ts'
import { backwardWaveglow, conditionOfGroups } from '../../../../src/shared/networks/waveglow/inference.ts'
import { flowInverse } from '../../../../src/shared/networks/waveglow/network.ts'
import { waveglowShapes } from '../../../../src/shared/networks/waveglow/parameters.ts'
import { mixingMatrices } from '../../../../src/shared/nn/mixing.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { drawnWaveglow } from '../../../support/drawn-flow.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const run = createGatedStackKernel(await compiledKernel('gated-stack'))
/** Of sound whose samples are some 1: what rounding in other orders comes to after twelve flows. */
const TOLERANCE = 2e-4

test('WaveGlow at its published depth makes of noise by the kernel what it makes with tensors', async () => {
  const config = { ...waveglowSizes.paper, channels: 8, mels: 3 }
  const random = createRandom(3)
  const { stored, mixings } = drawnWaveglow(config, random)
  const rows = 200
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  const z = draw(rows * config.group)
  const mel = draw(rows * config.group * config.mels)
  const layout = createParameterLayout(waveglowShapes(config))
  const [expected] = await readTensors(() => {
    const inverses = mixings.map((mixing) => {
      const { inverse } = mixingMatrices(mixing.lower, mixing.upper, mixing.logScale, mixing)
      return tensor2d(Float32Array.from(inverse), [mixing.order.length, mixing.order.length])
    })
    const told = tensor3d(mel, [1, rows * config.group, config.mels])
    const parameters = toTensors(layout, packParameters(layout, stored))
    return [flowInverse(tensor3d(z, [1, rows, config.group]), told, parameters, inverses, config)]
  })
  const sound = invertFlow(backwardWaveglow(config, stored, mixings), z, conditionOfGroups(mel, config), run)
  const loudest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  expect(loudest).toBeGreaterThan(1)
  expect(loudest).toBeLessThan(100)
  const error = sound.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0)
  expect(error).toBeLessThan(TOLERANCE)
})
