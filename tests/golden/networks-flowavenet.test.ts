import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { flowavenetSizes } from '../../src/shared/networks/flowavenet/config.ts'
import { flowForward, flowInverse, flowStep, stretchMel } from '../../src/shared/networks/flowavenet/network.ts'
import { flowavenetShapes } from '../../src/shared/networks/flowavenet/parameters.ts'
import { flowLoss } from '../../src/shared/nn/flow-loss.ts'
import { createParameterLayout, packParameters, toTensors, type StoredTensor } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { determinant } from '../support/determinant.ts'
import { expectClose, framesFirst, mapOf, wave, type Rows } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenShapes } from './networks-fixture.ts'

beforeAll(() => setBackend('cpu'))

const blocks = goldenNetworks.blocks as {
  readonly actnorm: Readonly<Record<'x', readonly Rows[]> & Record<'b' | 's', readonly number[]>>
  readonly flowavenet: {
    readonly tensors: GoldenShapes
    readonly y: readonly Rows[]
    readonly c_swapped_first: Rows
    readonly log_det_per_item: readonly number[]
  }
} // our own fixture
const { tiny, paper } = flowavenetSizes

/** The reference's flow sees 4 channels of audio and 6 of condition. */
const single = { ...tiny, blocks: 2, flowsPerBlock: 1, blocksPerSplit: 2, mels: 1.5 }

function referenceStep(): Map<string, StoredTensor> {
  const golden = formulaTensors(blocks.flowavenet.tensors)
  const joined = (...names: string[]) =>
    Float32Array.from(names.flatMap((name) => [...(golden.get(name) ?? new Float32Array(0))]))
  const part = (name: string, shape: readonly number[], ...from: string[]): [string, StoredTensor][] => [
    [`flow/${name}/weight`, { shape, values: joined(...from.map((one) => `${one}.w`)) }],
    [`flow/${name}/bias`, { shape: [shape[0]], values: joined(...from.map((one) => `${one}.b`)) }],
  ]
  const C = tiny.channels
  const layer = (index: number) => [
    ...part(`layer${index}/in`, [2 * C, C, 3], `${index}.filter`, `${index}.gate`),
    ...part(`layer${index}/condition`, [2 * C, 3, 1], `${index}.filter.cond`, `${index}.gate.cond`),
    ...part(`layer${index}/out`, [2 * C, C, 1], `${index}.res`, `${index}.skip`),
  ]
  return new Map<string, StoredTensor>([
    ['flow/shift', { shape: [4], values: Float32Array.from(blocks.actnorm.b) }],
    ['flow/scale', { shape: [4], values: Float32Array.from(blocks.actnorm.s) }],
    ...part('front', [C, 2, 3], 'front'),
    ...layer(0),
    ...layer(1),
    ...part('head', [C, C, 1], 'head'),
    ...part('end', [4, C, 1], 'zero'),
    ['flow/end/gain', { shape: [4], values: joined('scale') }],
  ])
}

test('one flow gives the audio, the condition and the determinant of the reference', async () => {
  const stored = referenceStep()
  const layout = createParameterLayout(new Map([...stored].map(([name, { shape }]) => [name, shape])))
  const [x, told, [logDeterminant]] = await readTensors(() => {
    const parameters = toTensors(layout, packParameters(layout, stored))
    const step = flowStep(mapOf(blocks.actnorm.x), wave(2, 6, 8, 0.23), parameters, 'flow', single)
    return [step.x, step.told, step.logDeterminant]
  })
  const { y, c_swapped_first, log_det_per_item } = blocks.flowavenet
  expectClose(x, framesFirst(y), 1e-5)
  expectClose([...told.subarray(0, 6), ...told.subarray(48, 54)], c_swapped_first.flat(), 1e-5)
  expect(logDeterminant).toBeCloseTo(log_det_per_item[0] + log_det_per_item[1], 3)
})

/** Numbers as large as a trained network's, at every parameter. */
function filled(config: typeof tiny | typeof paper, gain: number): Map<string, StoredTensor> {
  const shapes = [...flowavenetShapes(config)]
  const values = formulaTensors(shapes, gain)
  return new Map(
    shapes.map(([name, shape]) => {
      const found = values.get(name) ?? new Float32Array(0)
      return [name, { shape, values: name.endsWith('/scale') ? found.map((one) => 1 + one) : found }]
    }),
  )
}

test.each([1, 2, 3])('audio comes back from its own noise, with %s flows a block', async (flowsPerBlock) => {
  const config = { ...tiny, blocks: 3, flowsPerBlock }
  const stored = filled(config as unknown as typeof tiny, 0.3) // only the number of flows is another
  const layout = createParameterLayout(flowavenetShapes(config))
  const [sound, back] = await readTensors(() => {
    const parameters = toTensors(layout, packParameters(layout, stored))
    const [audio, mel] = [wave(2, 1, 32, 0.61, 0.7), wave(2, 3, 32, 0.19)]
    return [audio, flowInverse(flowForward(audio, mel, parameters, config).z, mel, parameters, config)]
  })
  expectClose(back, [...sound], 1e-4)
})

test('the log-determinant is that of the numeric Jacobian', async () => {
  const config = { ...tiny, blocks: 2 }
  const layout = createParameterLayout(flowavenetShapes(config))
  const weights = packParameters(layout, filled(config as unknown as typeof tiny, 0.3))
  const [T, step] = [8, 1e-2]
  const base = Float32Array.from({ length: T }, (_, n) => 0.7 * Math.sin(1 + 0.61 * n))
  const noiseOf = async (audio: Float32Array) => {
    const [logDeterminant, ...z] = await readTensors(() => {
      const outcome = flowForward(tensor3d(audio, [1, T, 1]), wave(1, 3, T, 0.19), toTensors(layout, weights), config)
      return [outcome.logDeterminant, ...outcome.z]
    })
    return { z: z.flatMap((part) => [...part]), logDeterminant: logDeterminant[0] }
  }
  const columns = await Promise.all(
    Array.from(base, async (_, n) => {
      const moved = async (by: number) => (await noiseOf(base.map((value, at) => (at === n ? value + by : value)))).z
      const [up, down] = [await moved(step), await moved(-step)]
      return up.map((value, index) => (value - down[index]) / (2 * step))
    }),
  )
  expect(Math.log(Math.abs(determinant(columns)))).toBeCloseTo((await noiseOf(base)).logDeterminant, 2)
})

test('a spectrum is stretched by a transposed convolution over time and neighboring bands', async () => {
  const config = { ...tiny, stretches: [2, 3] }
  const layout = createParameterLayout(flowavenetShapes(config))
  const stored = filled(config as unknown as typeof tiny, 0.3)
  const [found] = await readTensors(() => [
    stretchMel(wave(1, 3, 4, 0.19), toTensors(layout, packParameters(layout, stored)), config),
  ])
  let expected = Array.from({ length: 3 }, (_, band) =>
    Array.from({ length: 4 }, (_, frame) => Math.sin(1 + 0.19 * (band * 4 + frame))),
  )
  config.stretches.forEach((stretch, index) => {
    const values = (part: string) => stored.get(`stretch${index}/${part}`)?.values ?? new Float32Array(0)
    const [weight, bias] = [values('weight'), values('bias')]
    const length = expected[0].length * stretch
    const next = expected.map(() => new Array<number>(length).fill(bias[0]))
    expected.forEach((row, band) =>
      row.forEach((value, frame) => {
        for (let near = 0; near < 3; near++)
          for (let tap = 0; tap < 2 * stretch; tap++) {
            const [toBand, to] = [band + 1 - near, frame * stretch + tap - Math.floor(stretch / 2)]
            if (next[toBand]?.[to] !== undefined) next[toBand][to] += value * weight[near * 2 * stretch + tap]
          }
      }),
    )
    expected = next.map((row) => row.map((value) => (value > 0 ? value : 0.4 * value)))
  })
  expectClose(found, framesFirst([expected]), 1e-5)
})

test('the loss is −ln of the likelihood per sample, worked out by hand for a network that does nothing', async () => {
  const shapes = flowavenetShapes(tiny)
  const layout = createParameterLayout(shapes)
  const stored = new Map<string, StoredTensor>(
    [...shapes].map(([name, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1)
      return [name, { shape, values: new Float32Array(length).fill(name.endsWith('/scale') ? 2 : 0) }]
    }),
  )
  const audio = Float32Array.from({ length: 16 }, (_, n) => 0.1 * n - 0.7)
  const [[loss]] = await readTensors(() => {
    const parameters = toTensors(layout, packParameters(layout, stored))
    return [flowLoss(flowForward(tensor3d(audio, [1, 16, 1]), wave(1, 3, 16, 0.19), parameters, tiny))]
  })
  // Each of a block's two flows doubles what is there: all in the first block, what stays again in the second.
  const meanSquare = audio.reduce((sum, value) => sum + value * value, 0) / 16
  const leaving = audio.filter((_, n) => n % 2 === 1).reduce((sum, value) => sum + value * value, 0) / 16
  const expected = 0.5 * (16 * leaving + 256 * (meanSquare - leaving)) - 3 * Math.log(2)
  expect(loss).toBeCloseTo(expected, 4)
})

test('at the published size it has the published number of parameters', () => {
  const count = [...flowavenetShapes(paper).values()].reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  )
  expect(count).toBe(182_469_170)
})
