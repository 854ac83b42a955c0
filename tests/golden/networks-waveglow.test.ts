import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor2d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { flowWidths, waveglowSizes } from '../../src/shared/networks/waveglow/config.ts'
import { flowLoss } from '../../src/shared/networks/waveglow/loss.ts'
import { flowForward, flowInverse, stretchMel } from '../../src/shared/networks/waveglow/network.ts'
import { waveglowShapes } from '../../src/shared/networks/waveglow/parameters.ts'
import { namedGradient } from '../../src/shared/nn/named-gradient.ts'
import { mixingMatrices } from '../../src/shared/nn/mixing.ts'
import { createParameterLayout, packParameters, toTensors, unpackParameters } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { expectClose, framesFirst, wave, type Rows } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenGradient, type GoldenShapes } from './networks-fixture.ts'

beforeAll(() => setBackend('cpu'))

interface Golden {
  readonly W: readonly Rows[]
  readonly tensors: readonly GoldenShapes[]
  readonly z: readonly Rows[]
  readonly log_det_per_item: readonly number[]
  readonly loss: number
  readonly inverse: Rows
  readonly gradients: Readonly<Record<string, Readonly<Record<string, GoldenGradient>>>>
}
const { waveglow: golden, transposed } = goldenNetworks.blocks as {
  readonly waveglow: Golden
  readonly transposed: { readonly tensors: GoldenShapes; readonly y: readonly Rows[] }
} // our own fixture

const config = waveglowSizes.tiny
const layout = createParameterLayout(waveglowShapes(config))
const permutations = [
  { order: [2, 0, 3, 1], signs: [1, -1, 1, -1] },
  { order: [1, 0], signs: [1, -1] },
]

/** Ours to the fixture's name within its flow. */
const names: Readonly<Record<string, string>> = { condition: 'cond', weight: 'w', bias: 'b' }
const goldenName = (path: readonly string[]): string =>
  path.map((part) => names[part] ?? part.replace('layer', '')).join('.')

/** Stored [out, in, taps]; the reference's lie as [in, out, taps]. */
function stretching(part: string): Float32Array {
  const made = formulaTensors(transposed.tensors)
  const [weight, bias] = ['up.w', 'up.b'].map((name) => made.get(name) ?? new Float32Array(0))
  if (part === 'bias') return bias
  return Float32Array.from({ length: 3 * 3 * 16 }, (_, i) => {
    const [out, input, tap] = [Math.floor(i / 48), Math.floor(i / 16) % 3, i % 16]
    return weight[(input * 3 + out) * 16 + tap]
  })
}

function stored() {
  return new Map(
    layout.entries.map(({ name, storedShape }) => {
      const [flow, ...path] = name.split('/')
      if (flow === 'upsampling') return [name, { shape: storedShape, values: stretching(path[0]) }]
      const index = Number(flow.slice(4))
      const width = flowWidths(config)[index]
      const triangles = formulaTensors([
        ['lower', [width, width]],
        ['upper', [width, width]],
        ['log-scale', [width]],
      ])
      const values = triangles.get(path[0]) ?? formulaTensors(golden.tensors[index]).get(goldenName(path))
      return [name, { shape: storedShape, values: values ?? new Float32Array(0) }]
    }),
  )
}
const weights = packParameters(layout, stored())

const matricesOf = (flow: number) => {
  const values = (name: string) => stored().get(`flow${flow}/${name}`)?.values ?? new Float32Array(0)
  return mixingMatrices(values('lower'), values('upper'), values('log-scale'), permutations[flow])
}

test('noise, determinants, loss and gradients are the reference', async () => {
  const { loss, more, gradient } = await namedGradient(
    layout,
    weights,
    // The reference's mel spectrum is stretched already.
    (name) => !name.startsWith('upsampling'),
    () => {
      const [audio, mel] = [wave(2, 1, 32, 0.61, 0.7), wave(2, 3, 32, 0.19)]
      return (parameters) => {
        const outcome = flowForward(audio, mel, parameters, permutations, config)
        return { loss: flowLoss(outcome, 1), more: [outcome.z, outcome.logDeterminant] }
      }
    },
  )
  expectClose(more[0], framesFirst(golden.z), 1e-5)
  expect(more[1][0]).toBeCloseTo(golden.log_det_per_item[0] + golden.log_det_per_item[1], 4)
  expect(loss).toBeCloseTo(golden.loss, 5)
  const flat = new Float32Array(layout.count)
  for (const { name, offset } of layout.entries) flat.set(gradient.get(name) ?? [], offset)
  let compared = 0
  for (const [name, { values }] of unpackParameters(layout, flat)) {
    const [flow, ...path] = name.split('/')
    const expected = golden.gradients[flow.slice(4)]?.[goldenName(path)]
    if (expected === undefined) continue
    compared++
    expectClose([...values.subarray(0, 5), Math.hypot(...values)], [...expected.first, expected.norm], 1e-4)
  }
  expect(compared).toBe(golden.tensors[0].length + golden.tensors[1].length)
})

test('a mel spectrum is stretched to samples as in the reference', async () => {
  const [found] = await readTensors(() => [stretchMel(wave(1, 3, 4, 0.19), toTensors(layout, weights), config)])
  expectClose(found, framesFirst(transposed.y), 1e-5)
})

test('the mixing matrices are the reference, and their inverses undo them', () => {
  for (const flow of [0, 1]) {
    const { matrix, inverse } = matricesOf(flow)
    const C = permutations[flow].order.length
    expectClose(matrix, golden.W[flow].flat(), 1e-6)
    for (let row = 0; row < C; row++)
      for (let column = 0; column < C; column++) {
        let sum = 0
        for (let k = 0; k < C; k++) sum += inverse[row * C + k] * matrix[k * C + column]
        expect(sum).toBeCloseTo(row === column ? 1 : 0, 10)
      }
  }
})

test('audio comes back from noise, as in the reference and from its own noise', async () => {
  const [audio, there, own] = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const inverses = [0, 1].map((flow) => {
      const C = permutations[flow].order.length
      return tensor2d(Float32Array.from(matricesOf(flow).inverse), [C, C])
    })
    const mel = wave(2, 3, 32, 0.19)
    const sound = wave(2, 1, 32, 0.61, 0.7)
    const { z } = flowForward(sound, mel, parameters, permutations, config)
    return [
      flowInverse(wave(2, 4, 8, 0.43, 0.5), mel, parameters, inverses, config),
      flowInverse(z, mel, parameters, inverses, config),
      sound,
    ]
  })
  expectClose(audio, golden.inverse.flat(), 1e-5)
  expectClose(there, [...own], 1e-5)
})

test('at the released size it has the published number of parameters', () => {
  const count = (shapes: ReadonlyMap<string, readonly number[]>) =>
    [...shapes].reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)
  const { paper } = waveglowSizes
  // Stored as triangles a matrix takes two squares and a diagonal; published is one square.
  const triangles = flowWidths(paper).reduce((sum, width) => sum + width * width + width, 0)
  expect(count(waveglowShapes(paper)) - triangles).toBe(87_731_816)
  expect(count(waveglowShapes({ ...paper, channels: 512 })) - triangles).toBe(267_999_848)
})
