import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor1d, tensor3d, tanh, type Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { hopOf, reachOf, wavenetSizes, type WavenetConfig } from '../../src/shared/networks/wavenet/config.ts'
import { inverseFlows } from '../../src/shared/networks/wavenet/inverse-flow.ts'
import { gatedLayer, predict } from '../../src/shared/networks/wavenet/network.ts'
import { networkShapes, wavenetShapes } from '../../src/shared/networks/wavenet/parameters.ts'
import { stretchMel } from '../../src/shared/networks/wavenet/stretch.ts'
import { convolve, convolveValid } from '../../src/shared/nn/conv.ts'
import { addResidual } from '../../src/shared/nn/join.ts'
import { createParameterLayout, packParameters, toTensors, type StoredTensor } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { cropChannels, padTime } from '../../src/shared/nn/shape.ts'
import { expectClose, framesFirst, wave, type Rows } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenShapes } from './networks-fixture.ts'

beforeAll(() => setBackend('cpu'))

const blocks = goldenNetworks.blocks as {
  readonly gated: Readonly<Record<'next' | 'skip', readonly Rows[]>> & { readonly tensors: GoldenShapes }
  readonly iaf: Readonly<Record<'y' | 'mu_tot' | 'logs_tot', readonly Rows[]>> & {
    readonly tensors: GoldenShapes
    readonly scales: readonly number[]
  }
} // our own fixture
const paper = goldenNetworks.paper_size as {
  readonly parameters: Readonly<Record<string, number>>
  readonly receptive_field: Readonly<Record<string, number>>
} // our own fixture

const valuesOf = (tensors: ReadonlyMap<string, Float32Array>, name: string) => tensors.get(name) ?? new Float32Array(0)

test('a gated layer gives what goes on and what is heard as in the reference', async () => {
  const golden = formulaTensors(blocks.gated.tensors)
  const joined = (...names: string[]) => Float32Array.from(names.flatMap((name) => [...valuesOf(golden, name)]))
  const stored = new Map<string, StoredTensor>([
    ['layer/conv/weight', { shape: [6, 4, 3], values: joined('conv.w') }],
    ['layer/conv/bias', { shape: [6], values: joined('conv.b') }],
    ['layer/condition/weight', { shape: [6, 3, 1], values: joined('cond.w') }],
    ['layer/out/weight', { shape: [9, 3, 1], values: joined('res.w', 'skip.w') }],
    ['layer/out/bias', { shape: [9], values: joined('res.b', 'skip.b') }],
  ])
  const layout = createParameterLayout(new Map([...stored].map(([name, { shape }]) => [name, shape])))
  const [next, skip] = await readTensors(() => {
    const parameters = toTensors(layout, packParameters(layout, stored))
    const found = gatedLayer(wave(2, 4, 12, 0.37), wave(2, 3, 12, 0.23), parameters, 'layer', 2)
    return [found.next, found.skip]
  })
  expectClose(next, framesFirst(blocks.gated.next), 1e-5)
  expectClose(skip, framesFirst(blocks.gated.skip), 1e-5)
})

/** The reference's stand-in for a student's network. */
function standIn(tensors: ReadonlyMap<string, Float32Array>, c: Tensor3D) {
  const bias = (name: string) => tensor1d(valuesOf(tensors, `${name}.b`))
  // Stored [out, in, taps] where in or taps is 1: both orders lie alike but for the first.
  const first = tensor3d(
    Float32Array.from({ length: 12 }, (_, i) => valuesOf(tensors, 'in.w')[(i % 4) * 3 + Math.floor(i / 4)]),
    [3, 1, 4],
  )
  const pointwise = (name: string, out: number, inputs: number) =>
    tensor3d(
      Float32Array.from(
        { length: out * inputs },
        (_, i) => valuesOf(tensors, `${name}.w`)[(i % out) * inputs + Math.floor(i / out)],
      ),
      [1, inputs, out],
    )
  return (z: Tensor3D) => {
    const heard = convolveValid(padTime(z, 2, 0), first, bias('in'))
    const told = convolve(c, pointwise('cond', 4, 3), bias('cond'))
    const out = convolve(tanh(addResidual(heard, told)), pointwise('out', 2, 4), bias('out'))
    return { shift: cropChannels(out, 0, 1), logScale: cropChannels(out, 1, 1) }
  }
}

test('inverse autoregressive flows give samples, means and deviations of the reference', async () => {
  const { tensors, scales, y, mu_tot, logs_tot } = blocks.iaf
  const [samples, mean, logDeviation, noise] = await readTensors(() => {
    const flows = scales.map((scale) => standIn(formulaTensors(tensors, scale), wave(2, 3, 10, 0.23)))
    const noise = wave(2, 1, 10, 1.1)
    const outcome = inverseFlows(noise, flows)
    return [outcome.samples, outcome.mean, outcome.logDeviation, noise]
  })
  expectClose(samples, framesFirst(y), 1e-4)
  expectClose(mean, framesFirst(mu_tot), 1e-4)
  expectClose(logDeviation, framesFirst(logs_tot), 1e-4)
  // What a sample is, is its noise times its deviation beyond its mean.
  for (const item of [0, 1])
    for (let t = 1; t < 10; t++) {
      const drawn = noise[item * 10 + t] * Math.exp(logDeviation[item * 9 + t - 1]) + mean[item * 9 + t - 1]
      expect(samples[item * 10 + t]).toBeCloseTo(drawn, 5)
    }
})

const { tiny } = wavenetSizes
function network(config: WavenetConfig, gain = 0.3) {
  const shapes = [...wavenetShapes(config)]
  const values = formulaTensors(shapes, gain)
  const layout = createParameterLayout(wavenetShapes(config))
  const stored = new Map(shapes.map(([name, shape]) => [name, { shape, values: valuesOf(values, name) }]))
  return { layout, weights: packParameters(layout, stored) }
}

test('a prediction depends on the samples before it, as far as the declared reach, and on no other', async () => {
  const { layout, weights } = network(tiny, 3)
  const [T, changed] = [48, 20]
  const reach = reachOf(tiny)
  const outputs = async (x: Float32Array) => {
    const [found] = await readTensors(() => [
      predict(tensor3d(x, [1, T, 1]), wave(1, 3, T, 0.19), toTensors(layout, weights), tiny),
    ])
    return found
  }
  // A rectifier may be shut for one sound: what any of several is told by counts.
  const pairs = await Promise.all(
    [1, 2, 3, 4].map(async (speed) => {
      const x = Float32Array.from({ length: T }, (_, n) => 0.5 * Math.sin(speed * n))
      return [await outputs(x), await outputs(x.map((value, n) => (n === changed ? value + 0.5 : value)))]
    }),
  )
  const differs = Array.from({ length: T }, (_, t) =>
    pairs.some(([before, after]) =>
      before.subarray(t * 6, t * 6 + 6).some((value, index) => value !== after[t * 6 + index]),
    ),
  )
  expect(differs.indexOf(true)).toBe(changed + 1)
  expect(differs.lastIndexOf(true)).toBe(changed + reach)
})

test('a spectrum that is stretched as it starts is its frames, held and smoothed', async () => {
  const layout = createParameterLayout(wavenetShapes(tiny))
  const stored = new Map(
    layout.entries.map(({ name, storedShape, length }) => {
      const values = new Float32Array(length)
      // A look around that only copies, and averages after each repetition.
      if (name === 'context/weight') for (let band = 0; band < 3; band++) values[(band * 3 + band) * 3 + 1] = 1
      if (name.startsWith('stretch')) values.fill(1 / length)
      return [name, { shape: storedShape, values }]
    }),
  )
  const [found] = await readTensors(() => {
    const mel = wave(1, 3, 6, 0.37)
    return [stretchMel(mel, toTensors(layout, packParameters(layout, stored)), tiny)]
  })
  const average = (row: number[]) =>
    row.map((_, t) => [-2, -1, 0, 1, 2].reduce((sum, near) => sum + (row[t + near] ?? 0), 0) / 5)
  const twice = (row: number[]) => row.flatMap((value) => [value, value])
  const expected = [0, 1, 2].map((band) => {
    const frames = [1, 2, 3, 4].map((frame) => Math.sin(1 + 0.37 * (band * 6 + frame)))
    return average(twice(average(twice(frames))))
  })
  expectClose(found, framesFirst([expected]), 1e-5)
  expect(found.length).toBe(4 * hopOf(tiny) * 3)
})

test('at the published sizes it has the published numbers of parameters and samples before the next', () => {
  const count = (shapes: ReadonlyMap<string, readonly number[]>) =>
    [...shapes.values()].reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0)
  const { 'clarinet-teacher': teacher, 'clarinet-flow': flow } = wavenetSizes
  expect(count(wavenetShapes(wavenetSizes.paper))).toBe(paper.parameters.wavenet_vocoder)
  expect(count(wavenetShapes(teacher))).toBe(paper.parameters.clarinet_teacher)
  expect(6 * count(networkShapes(flow))).toBe(paper.parameters.clarinet_student)
  expect(reachOf(wavenetSizes.paper)).toBe(paper.receptive_field.wavenet_vocoder)
  expect(reachOf(teacher)).toBe(paper.receptive_field.clarinet_teacher)
})
