import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor2d, tensor4d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { glowSizes, levelWidths } from '../../../../../src/shared/networks/glow/config.ts'
import * as glow from '../../../../../src/shared/networks/glow/network.ts'
import { glowShapes } from '../../../../../src/shared/networks/glow/parameters.ts'
import { realnvpSizes } from '../../../../../src/shared/networks/realnvp/config.ts'
import * as realnvp from '../../../../../src/shared/networks/realnvp/network.ts'
import { realnvpShapes } from '../../../../../src/shared/networks/realnvp/parameters.ts'
import type { FlowOutcome } from '../../../../../src/shared/nn/flow-loss.ts'
import { mixingMatrices } from '../../../../../src/shared/nn/mixing.ts'
import {
  createParameterLayout,
  toTensors,
  unpackParameters,
  type TensorsByName,
} from '../../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../../src/shared/nn/scope.ts'
import { determinant } from '../../../../support/determinant.ts'

beforeAll(() => setBackend('cpu'))

interface Flow {
  readonly name: string
  readonly shapes: ReadonlyMap<string, readonly number[]>
  forward(x: Tensor4D, parameters: TensorsByName): FlowOutcome
  inverse(z: FlowOutcome['z'], parameters: TensorsByName, size: readonly [number, number]): Tensor4D
}

const permutations = levelWidths(glowSizes.tiny).flatMap((width) =>
  Array.from({ length: glowSizes.tiny.stepsPerLevel }, (_, step) => ({
    order: Array.from({ length: width }, (_, i) => (i * 3 + step + 1) % width),
    signs: Array.from({ length: width }, (_, i) => (i % 2 === 0 ? 1 : -1)),
  })),
)

/** Numbers as large as a trained network's; scales near one. */
function weightsOf(shapes: ReadonlyMap<string, readonly number[]>): Float32Array {
  const random = createRandom(7)
  const layout = createParameterLayout(shapes)
  const weights = Float32Array.from({ length: layout.count }, () => 0.2 * random.normal())
  for (const { name, offset, length } of layout.entries)
    if (name.endsWith('/scale') || name.endsWith('/range'))
      for (let i = offset; i < offset + length; i++) weights[i] += 1
  return weights
}

function inverseMatrices(): readonly Tensor[] {
  const shapes = glowShapes(glowSizes.tiny)
  const stored = unpackParameters(createParameterLayout(shapes), weightsOf(shapes))
  return levelWidths(glowSizes.tiny).flatMap((width, level) =>
    Array.from({ length: glowSizes.tiny.stepsPerLevel }, (_, step) => {
      const values = (name: string) => stored.get(`level${level}/step${step}/${name}`)?.values ?? []
      const permutation = permutations[level * glowSizes.tiny.stepsPerLevel + step]
      const { inverse } = mixingMatrices(values('lower'), values('upper'), values('log-scale'), permutation)
      return tensor2d(Float32Array.from(inverse), [width, width])
    }),
  )
}

const flows: readonly Flow[] = [
  {
    name: 'Glow',
    shapes: glowShapes(glowSizes.tiny),
    forward: (x, parameters) => glow.flowForward(x, parameters, permutations, glowSizes.tiny),
    inverse: (z, parameters, size) =>
      glow.flowInverse(
        z,
        parameters,
        inverseMatrices() as Parameters<typeof glow.flowInverse>[2],
        size,
        glowSizes.tiny,
      ),
  },
  {
    name: 'RealNVP',
    shapes: realnvpShapes(realnvpSizes.tiny),
    forward: (x, parameters) => realnvp.flowForward(x, parameters, realnvpSizes.tiny),
    inverse: (z, parameters, size) => realnvp.flowInverse(z, parameters, size, realnvpSizes.tiny),
  },
]

describe.each(flows)('$name', ({ shapes, forward, inverse }) => {
  const layout = createParameterLayout(shapes)
  const weights = weightsOf(shapes)

  test('gives pictures back from their own noise', async () => {
    const x = Float32Array.from({ length: 2 * 8 * 4 }, (_, i) => Math.sin(1 + 0.61 * i))
    const [back] = await readTensors(() => {
      const parameters = toTensors(layout, weights)
      return [inverse(forward(tensor4d(x, [2, 8, 4, 1]), parameters).z, parameters, [8, 4])]
    })
    back.forEach((value, i) => expect(value).toBeCloseTo(x[i], 4))
  })

  test('has the log-determinant of its numeric Jacobian', async () => {
    const [count, step] = [16, 1e-2]
    const x = Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin(1 + 0.61 * i))
    const noiseOf = async (picture: Float32Array) => {
      const [found, ...z] = await readTensors(() => {
        const outcome = forward(tensor4d(picture, [1, 4, 4, 1]), toTensors(layout, weights))
        return [outcome.logDeterminant, ...outcome.z]
      })
      return { z: z.flatMap((part) => [...part]), logDeterminant: found[0] }
    }
    const columns: number[][] = []
    for (let n = 0; n < count; n++) {
      const moved = (by: number) => noiseOf(x.map((value, at) => (at === n ? value + by : value)))
      const [up, down] = [await moved(step), await moved(-step)]
      columns.push(up.z.map((value, i) => (value - down.z[i]) / (2 * step)))
    }
    expect(Math.log(Math.abs(determinant(columns)))).toBeCloseTo((await noiseOf(x)).logDeterminant, 1)
  })
})
