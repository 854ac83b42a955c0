import { setBackend, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { runGatedStack } from '../../../../src/shared/dsp/gated-stack.ts'
import { inverseAutoregression } from '../../../../src/shared/dsp/inverse-autoregression.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { wavenetSizes, type WavenetConfig } from '../../../../src/shared/networks/wavenet/config.ts'
import { studentStack } from '../../../../src/shared/networks/wavenet/inference.ts'
import { inverseFlows } from '../../../../src/shared/networks/wavenet/inverse-flow.ts'
import { network } from '../../../../src/shared/networks/wavenet/network.ts'
import { networkShapes } from '../../../../src/shared/networks/wavenet/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { cropChannels } from '../../../../src/shared/nn/shape.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { drawnWeights } from '../../../support/drawn-flow.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const run = createGatedStackKernel(await compiledKernel('gated-stack'))
const SAMPLES = 300
const prefixes = ['flow0/', 'flow1/']
/** Of sound whose samples are some 1. */
const TOLERANCE = 2e-4

test.each([
  ['ClariNet’s', { ...wavenetSizes['clarinet-flow'], residual: 8, gate: 16, skip: 8, mels: 3 }],
  ['Parallel WaveNet’s', { ...wavenetSizes['student-flow-compact'], residual: 8, gate: 8, skip: 8, mels: 3 }],
] satisfies [string, WavenetConfig][])(
  '%s student makes of noise by the kernel what it makes with tensors',
  async (_, config) => {
    const random = createRandom(3)
    const shapes = new Map(
      prefixes.flatMap((prefix) =>
        [...networkShapes(config)].map(([name, shape]) => [`${prefix}${name}`, shape] as const),
      ),
    )
    const stored = drawnWeights(shapes, random)
    const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
    const [noise, mel] = [draw(SAMPLES), draw(SAMPLES * config.mels)]
    const layout = createParameterLayout(shapes)
    const [expected] = await readTensors(() => {
      const parameters = toTensors(layout, packParameters(layout, stored))
      const told = tensor3d(mel, [1, SAMPLES, config.mels])
      const flows = prefixes.map((prefix) => (z: Tensor3D) => {
        const out = network(z, told, parameters, config, prefix)
        return { shift: cropChannels(out, 0, 1), logScale: cropChannels(out, 1, 1) }
      })
      return [inverseFlows(tensor3d(noise, [1, SAMPLES, 1]), flows).samples]
    })
    const stacks = prefixes.map((prefix) => studentStack(config, stored, prefix))
    const condition = {
      firstRow: 0,
      told: mel,
      frames: Int32Array.from({ length: SAMPLES }, (_, row) => row),
      parts: new Float32Array(SAMPLES),
      extras: new Float32Array(0),
    }
    const sound = inverseAutoregression(stacks, noise, condition, run)
    expect(expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(1)
    const error = sound.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0)
    expect(error).toBeLessThan(TOLERANCE)
    expect(inverseAutoregression(stacks, noise, condition, runGatedStack)).toEqual(sound)
  },
)
