import '@tensorflow/tfjs-backend-cpu'
import { matMul, setBackend, tensor1d, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { actNorm, actNormStart, logMagnitude, mixChannels, permutedTriangles } from '../../src/shared/nn/flow.ts'
import { gaussianDivergence, gaussianLoss } from '../../src/shared/nn/gaussian.ts'
import { evaluate, logisticMixtureLoss } from '../../src/shared/nn/logistic-mixture.ts'
import { pixelShuffle } from '../../src/shared/nn/pixel-shuffle.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { squeezeTime } from '../../src/shared/nn/squeeze-time.ts'
import { expectClose, flat, framesFirst, mapOf, type Rows } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenShapes } from './networks-fixture.ts'

beforeAll(() => setBackend('cpu'))

const density = goldenNetworks.density as {
  readonly params: readonly Rows[]
  readonly y: Rows
  readonly nll_256: Rows
  readonly nll_65536: Rows
  readonly 'nll_65536_edge_0.999985': Rows
  readonly gradient_256_mean: readonly Rows[]
  readonly gaussian: Readonly<Record<'y' | 'mean' | 'log_std' | 'nll', Rows>>
  readonly kl: Readonly<Record<'mq' | 'lq' | 'mp' | 'lp' | 'kl' | 'with_penalty', Rows>>
} // our own fixture
const blocks = goldenNetworks.blocks as {
  readonly actnorm: {
    readonly x: readonly Rows[]
    readonly b: readonly number[]
    readonly s: readonly number[]
    readonly y: readonly Rows[]
    readonly log_det_per_item: number
  }
  readonly plu: {
    readonly tensors: GoldenShapes
    readonly order: readonly number[]
    readonly W: Rows
    readonly W_inverse: Rows
    readonly y: readonly Rows[]
    readonly log_det_per_item: number
  }
  readonly squeeze: Readonly<Record<'x' | 'by_2' | 'by_4', readonly Rows[]>>
} // our own fixture

/** [items][channels][frames] to [B, T, C]. */
describe('a mixture of logistics', () => {
  const losses = async (levels: number, edge: number) => {
    const y = tensor2d(flat(density.y), [2, 7])
    const options = { levels, leastLogScale: -16, edge }
    const [found] = await readTensors(() => [evaluate(mapOf(density.params), y, options).losses])
    return found
  }

  test('gives the losses and slopes of the reference', async () => {
    expectClose(await losses(256, 0.999), flat(density.nll_256), 2e-5)
    expectClose(await losses(65_536, 1 - 1 / 65_535), flat(density['nll_65536_edge_0.999985']), 1e-4)
    const y = tensor2d(flat(density.y), [2, 7])
    const [slope] = await readTensors(() => [
      evaluate(mapOf(density.params), y, { levels: 256, leastLogScale: -16, edge: 0.999 }).slope,
    ])
    expectClose(
      slope.map((value) => value / 14),
      framesFirst(density.gradient_256_mean),
      1e-4,
    )
  })

  test.each([256, 65_536])('sums to one over %s levels, the tails belonging to the outermost', async (levels) => {
    const parameters = [0, 0.5, -0.3, -0.95, 0.2, 1.05, -2, -3, -1.5]
    const [found] = await readTensors(() => {
      const all = tensor3d(
        Float32Array.from({ length: 9 * levels }, (_, i) => parameters[i % 9]),
        [1, levels, 9],
      )
      const y = tensor2d(
        Float32Array.from({ length: levels }, (_, level) => -1 + (2 * level) / (levels - 1)),
        [1, levels],
      )
      return [evaluate(all, y, { levels, leastLogScale: -16 }).losses]
    })
    const sum = found.reduce((total, loss) => total + Math.exp(-loss), 0)
    // In single precision the difference of two near logistics keeps four digits at 65,536 levels.
    expect(sum).toBeCloseTo(1, levels === 256 ? 4 : 2)
  })

  test('as a loss it is their mean', async () => {
    const y = tensor2d(flat(density.y), [2, 7])
    const options = { levels: 256, leastLogScale: -16, edge: 0.999 }
    const [[loss]] = await readTensors(() => [logisticMixtureLoss(mapOf(density.params), y, options)])
    const expected = flat(density.nll_256)
    expect(loss).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / expected.length, 4)
  })
})

test('Gaussian density and divergence are the reference', async () => {
  const row = (rows: Rows) => mapOf([rows])
  const { gaussian, kl } = density
  const mean = (rows: Rows) => flat(rows).reduce((sum, value) => sum + value, 0) / flat(rows).length
  const student = () => ({ mean: row(kl.mq), logDeviation: row(kl.lq) })
  const teacher = () => ({ mean: row(kl.mp), logDeviation: row(kl.lp) })
  const [[nll], [plain], [penalized]] = await readTensors(() => [
    gaussianLoss(row(gaussian.y), row(gaussian.mean), row(gaussian.log_std), -9),
    gaussianDivergence(student(), teacher(), -6, 0),
    gaussianDivergence(student(), teacher(), -6),
  ])
  expect(nll / mean(gaussian.nll)).toBeCloseTo(1, 5)
  expect(plain / mean(kl.kl)).toBeCloseTo(1, 5)
  expect(penalized / mean(kl.with_penalty)).toBeCloseTo(1, 5)
})

test('ActNorm starts at mean 0 and deviation 1, with the determinant of the reference', async () => {
  const { x, b, s, y, log_det_per_item } = blocks.actnorm
  const start = actNormStart(Float32Array.from(framesFirst(x)), 4)
  expectClose(start.bias, b, 1e-5)
  expectClose(start.scale, s, 1e-5)
  const [normal, [magnitude]] = await readTensors(() => [
    actNorm(mapOf(x), tensor1d(start.bias), tensor1d(start.scale)),
    logMagnitude(tensor1d(start.scale)),
  ])
  expectClose(normal, framesFirst(y), 1e-5)
  expect(8 * magnitude).toBeCloseTo(log_det_per_item, 4)
})

test('a permuted product of triangles is the reference, and so is its inverse', async () => {
  const { tensors, order, W, W_inverse, y, log_det_per_item } = blocks.plu
  const weights = formulaTensors(tensors)
  const values = (name: string) => weights.get(name) ?? new Float32Array(0)
  const signs = [1, -1, 1, -1]
  const make = () =>
    permutedTriangles(tensor2d(values('lower'), [4, 4]), tensor2d(values('upper'), [4, 4]), tensor1d(values('log_s')), {
      order,
      signs,
    })
  const [found, mixed, unity] = await readTensors(() => [
    make(),
    mixChannels(mapOf(blocks.actnorm.x), make()),
    matMul(make(), tensor2d(flat(W_inverse), [4, 4])),
  ])
  expectClose(found, flat(W), 1e-5)
  expectClose(mixed, framesFirst(y), 1e-5)
  unity.forEach((value, i) => expect(value).toBeCloseTo(i % 5 === 0 ? 1 : 0, 5))
  expect(8 * values('log_s').reduce((sum, value) => sum + value, 0)).toBeCloseTo(log_det_per_item, 5)
})

test('frames squeezed into channels come back, and lie as in the reference', async () => {
  const { x, by_2, by_4 } = blocks.squeeze
  const [two, four, back] = await readTensors(() => [
    squeezeTime(mapOf(x), 2),
    squeezeTime(mapOf(x), 4),
    pixelShuffle(squeezeTime(mapOf(x), 4), 4),
  ])
  expect([...two]).toEqual(framesFirst(by_2))
  expect([...four]).toEqual(framesFirst(by_4))
  expect([...back]).toEqual(framesFirst(x))
})
