import '@tensorflow/tfjs-backend-wasm'
import { setBackend, tensor2d, tensor4d, type Scalar } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { glowSizes } from '../../../../../src/shared/networks/glow/config.ts'
import { initializeGlow } from '../../../../../src/shared/networks/glow/initialize.ts'
import * as glow from '../../../../../src/shared/networks/glow/network.ts'
import { pixelcnnSizes } from '../../../../../src/shared/networks/pixelcnn/config.ts'
import { predict } from '../../../../../src/shared/networks/pixelcnn/network.ts'
import { initializePixelcnn } from '../../../../../src/shared/networks/pixelcnn/initialize.ts'
import { realnvpSizes } from '../../../../../src/shared/networks/realnvp/config.ts'
import * as realnvp from '../../../../../src/shared/networks/realnvp/network.ts'
import { initializeRealnvp } from '../../../../../src/shared/networks/realnvp/initialize.ts'
import { createAdamWState } from '../../../../../src/shared/nn/adamw.ts'
import { flowLoss, likelihood } from '../../../../../src/shared/nn/flow-loss.ts'
import { logisticMixtureLoss } from '../../../../../src/shared/nn/logistic-mixture.ts'
import { namedGradient, updateNamed } from '../../../../../src/shared/nn/named-gradient.ts'
import {
  createParameterLayout,
  packParameters,
  toTensors,
  type StoredParameters,
  type TensorsByName,
} from '../../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../../src/shared/nn/scope.ts'
import { spectrogramPatches } from '../../../../support/spectrogram-patches.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

const SIDE = 8
const LEVELS = 256
const BATCH = 8
const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 }

interface Density {
  readonly name: string
  readonly fresh: StoredParameters
  readonly rate: number
  readonly steps: number
  /** What the held-out patches must come down to. */
  readonly mostBits: number
  /** Of levels −1 … 1, in nats a number. */
  loss(x: Float32Array, count: number, parameters: TensorsByName): Scalar
  bits(loss: number): number
}

const freshGlow = initializeGlow(glowSizes.tiny, createRandom(3))
const picture = (x: Float32Array, count: number) => tensor4d(x, [count, SIDE, SIDE, 1])
/** A level is 2 / 256 wide. */
const flowBits = (loss: number) => (-likelihood(loss) + Math.log(LEVELS / 2)) / Math.LN2

const densities: readonly Density[] = [
  {
    name: 'PixelCNN',
    fresh: initializePixelcnn(pixelcnnSizes.tiny, createRandom(3)),
    rate: 0.01,
    steps: 120,
    mostBits: 4.9,
    loss: (x, count, parameters) =>
      logisticMixtureLoss(predict(picture(x, count), parameters, pixelcnnSizes.tiny), tensor2d(x, [count, SIDE ** 2]), {
        levels: LEVELS,
        leastLogScale: -7,
      }),
    bits: (loss) => loss / Math.LN2,
  },
  {
    name: 'RealNVP',
    fresh: initializeRealnvp(realnvpSizes.tiny, createRandom(3)),
    rate: 0.02,
    steps: 120,
    mostBits: 5.7,
    loss: (x, count, parameters) => flowLoss(realnvp.flowForward(picture(x, count), parameters, realnvpSizes.tiny)),
    bits: flowBits,
  },
  {
    name: 'Glow',
    fresh: freshGlow.parameters,
    rate: 0.02,
    steps: 120,
    mostBits: 6,
    loss: (x, count, parameters) =>
      flowLoss(glow.flowForward(picture(x, count), parameters, freshGlow.permutations, glowSizes.tiny)),
    bits: flowBits,
  },
]

/** What a number takes that is told only how often each level occurs. */
function bitsWithoutNeighbors(trained: readonly Float32Array[], heldOut: readonly Float32Array[]): number {
  const counts = new Float64Array(LEVELS).fill(1)
  for (const patch of trained) for (const level of patch) counts[level]++
  const total = counts.reduce((sum, count) => sum + count, 0)
  const bits = heldOut.flatMap((patch) => Array.from(patch, (level) => -Math.log2(counts[level] / total)))
  return bits.reduce((sum, value) => sum + value, 0) / bits.length
}

test.each(densities)('$name learns patches of spectrogram to $mostBits bits a number', async (density) => {
  const { trained, heldOut } = spectrogramPatches(SIDE)
  const layout = createParameterLayout(new Map([...density.fresh].map(([name, { shape }]) => [name, shape])))
  const random = createRandom(1)
  const state = createAdamWState(packParameters(layout, density.fresh))
  // Flows see the levels spread evenly within their width.
  const isFlow = density.bits === flowBits
  const input = (level: number) =>
    isFlow ? (2 * (level + random.uniform())) / LEVELS - 1 : (2 * level) / (LEVELS - 1) - 1
  const batch = (patches: readonly Float32Array[]) =>
    Float32Array.from(patches.flatMap((patch) => [...patch].map(input)))
  for (let step = 1; step <= density.steps; step++) {
    const x = batch(Array.from({ length: BATCH }, () => trained[random.integer(trained.length)]))
    const { gradient } = await namedGradient(
      layout,
      state.weights,
      () => true,
      () => (parameters) => ({ loss: density.loss(x, BATCH, parameters), more: [] }),
    )
    updateNamed(layout, state, gradient, density.rate * Math.min(1, step / 10), step, adam)
  }
  const judged = heldOut.filter((_, index) => index % 3 === 0)
  const [[loss]] = await readTensors(() => [
    density.loss(batch(judged), judged.length, toTensors(layout, state.weights)),
  ])
  expect(density.mostBits).toBeLessThan(bitsWithoutNeighbors(trained, heldOut) - 0.5)
  expect(density.bits(loss)).toBeLessThan(density.mostBits)
})
