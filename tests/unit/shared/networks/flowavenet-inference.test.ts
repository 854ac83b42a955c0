import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { runGatedStack } from '../../../../src/shared/dsp/gated-stack.ts'
import { invertLeveledFlow } from '../../../../src/shared/dsp/leveled-flow.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { flowavenetSizes, samplesPerFrame } from '../../../../src/shared/networks/flowavenet/config.ts'
import { backwardFlowavenet, conditionsOfLevels } from '../../../../src/shared/networks/flowavenet/inference.ts'
import { flowInverse } from '../../../../src/shared/networks/flowavenet/network.ts'
import { flowavenetShapes } from '../../../../src/shared/networks/flowavenet/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { drawnWeights } from '../../../support/drawn-flow.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const run = createGatedStackKernel(await compiledKernel('gated-stack'))
const SAMPLES = 768
/** Of sound whose samples are some 1: what rounding in other orders comes to after 48 flows. */
const TOLERANCE = 2e-4

test('FloWaveNet at its published depth makes of noise by the kernel what it makes with tensors', async () => {
  const config = { ...flowavenetSizes.paper, channels: 8, mels: 3 }
  const random = createRandom(3)
  const stored = drawnWeights(flowavenetShapes(config), random)
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  const last = samplesPerFrame(config)
  const z = [draw(SAMPLES / 2), draw(SAMPLES / 2)]
  const mel = draw(SAMPLES * config.mels)
  const layout = createParameterLayout(flowavenetShapes(config))
  const [expected] = await readTensors(() => {
    const parts = [tensor3d(z[0], [1, SAMPLES / 16, 8]), tensor3d(z[1], [1, SAMPLES / last, last / 2])]
    const parameters = toTensors(layout, packParameters(layout, stored))
    return [flowInverse(parts, tensor3d(mel, [1, SAMPLES, config.mels]), parameters, config)]
  })
  const [flow, told] = [backwardFlowavenet(config, stored), conditionsOfLevels(mel, config)]
  const sound = invertLeveledFlow(flow, z, told, run)
  const loudest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  expect(loudest).toBeGreaterThan(1)
  expect(loudest).toBeLessThan(200)
  const error = sound.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0)
  expect(error).toBeLessThan(TOLERANCE)
  expect(invertLeveledFlow(flow, z, told, runGatedStack)).toEqual(sound)
})
