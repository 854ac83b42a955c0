import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { invertFlow } from '../../../../src/shared/dsp/coupling-flow.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { flowVocoderSizes } from '../../../../src/shared/networks/flow-vocoder/config.ts'
import { createFlowVocoder } from '../../../../src/shared/networks/flow-vocoder/inference.ts'
import { initializeFlowVocoder } from '../../../../src/shared/networks/flow-vocoder/initialize.ts'
import { forward } from '../../../../src/shared/networks/flow-vocoder/network.ts'
import { flowVocoderShapes } from '../../../../src/shared/networks/flow-vocoder/parameters.ts'
import { flowProductsPerSample } from '../../../../src/shared/networks/flow-vocoder/step-cost.ts'
import {
  conditionFrames,
  FEATURES,
  GROUP,
  GROUPS_PER_FRAME,
  PHASE_CHANNELS,
} from '../../../../src/shared/networks/source-filter/config.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const run = createGatedStackKernel(await compiledKernel('gated-stack'))
const FRAMES = 12
const GROUPS = FRAMES * GROUPS_PER_FRAME
const TOLERANCE = 2e-4

test('sound that became noise with tensors comes back by the kernel, at the depth of the compact size', async () => {
  const config = { ...flowVocoderSizes.compact, channels: 8, condition: 8 }
  const random = createRandom(6)
  const parameters = initializeFlowVocoder(config, random)
  for (const [name, { values }] of parameters)
    if (name.endsWith('/bias') || name.endsWith('/end/weight')) values.set(values.map(() => 0.1 * random.normal()))
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  const [sound, phase] = [draw(GROUPS * GROUP), draw(GROUPS * PHASE_CHANNELS)]
  const features = draw(conditionFrames(FRAMES) * FEATURES)
  const layout = createParameterLayout(flowVocoderShapes(config))
  const [z] = await readTensors(() => [
    forward(
      tensor3d(sound, [1, GROUPS * GROUP, 1]),
      {
        phase: tensor3d(phase, [1, GROUPS, PHASE_CHANNELS]),
        features: tensor3d(features, [1, conditionFrames(FRAMES), FEATURES]),
      },
      toTensors(layout, packParameters(layout, parameters)),
      config,
    ).z,
  ])
  expect(z.some((value, index) => Math.abs(value - sound[index]) > 1)).toBe(true)
  const { flow, condition } = createFlowVocoder(config, parameters)
  const back = invertFlow(flow, z, condition({ firstFrame: 0, features, phase }), run)
  const error = back.reduce((most, value, index) => Math.max(most, Math.abs(value - sound[index])), 0)
  expect(error).toBeLessThan(TOLERANCE)
})

test('the compact network has the parameters and multiplications of the design', () => {
  const count = [...flowVocoderShapes(flowVocoderSizes.compact).values()].reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  )
  // The design counts 1.54 million and 153 thousand.
  expect(count).toBe(1_520_096)
  expect(Math.round(flowProductsPerSample(flowVocoderSizes.compact) / 1000)).toBe(154)
})
