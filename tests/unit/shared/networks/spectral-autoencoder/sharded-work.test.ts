import { setBackend } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { spectralAutoencoderSizes } from '../../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../../../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { parameterShapes } from '../../../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import {
  createShardedWork,
  SHARD_ITEMS,
  type RunShards,
} from '../../../../../src/shared/networks/spectral-autoencoder/sharded-work.ts'
import { localWork, type TensorWork } from '../../../../../src/shared/networks/spectral-autoencoder/tensor-work.ts'
import type { TrainingBatch } from '../../../../../src/shared/networks/spectral-autoencoder/training-batch.ts'
import { createParameterLayout, packParameters } from '../../../../../src/shared/nn/parameters.ts'

beforeAll(() => setBackend('cpu'))

const config = spectralAutoencoderSizes.tiny
const layout = createParameterLayout(parameterShapes(config, 2))
const network = { config, layout, singerCount: 2 }
const weights = packParameters(layout, initializeParameters(config, 2, createRandom(1)))
const TOLERANCE = 1e-5

/** Loud and quiet frames and narrow items, so that no two shards weigh the same. */
function batchOf(items: number, seed: number): TrainingBatch {
  const random = createRandom(seed)
  const T = 9
  const noise = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  const encoderInput = noise(items * T * 57)
  for (let row = 0; row < items * T; row++) encoderInput[row * 57 + 56] = random.uniform() < 0.5 ? -3 : 0
  return {
    frameCount: T,
    encoderInput,
    auxiliary: noise(items * T * 3),
    target: noise(items * T * 64),
    singerIndices: Array.from({ length: items }, () => random.integer(2)),
    isNarrow: Array.from({ length: items }, () => random.uniform() < 0.3),
  }
}

/** One after the other, begun from the last: whoever adds them must know their order. */
const backwards: RunShards = async (jobs) => {
  const found = []
  for (const job of [...jobs].reverse()) found.unshift(await job(localWork))
  return found
}
const forwards: RunShards = async (jobs) => {
  const found = []
  for (const job of jobs) found.push(await job(localWork))
  return found
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  const scale = Math.max(...expected.map(Math.abs))
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(TOLERANCE * scale)
}

test('shards of a batch of any size give its losses and its gradient', async () => {
  const sharded = createShardedWork(forwards, 2)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 1000 }), async (items, seed) => {
      const batch = batchOf(items, seed)
      const whole = await localWork.lossAndGradient(network, weights, batch)
      const { losses, gradient } = await sharded.lossAndGradient(network, weights, batch)
      expectClose(gradient, whole.gradient)
      for (const name of ['shape/l1', 'delta/1', 'delta/4', 'total'] as const) {
        expect(Math.abs(losses[name] - whole.losses[name])).toBeLessThan(TOLERANCE * whole.losses.total)
      }
      expect(await sharded.measureLoss(network, weights, batch)).toEqual(losses)
    }),
    { numRuns: 12, seed: 1 },
  )
})

test('the numbers are the same bits whoever computes a shard, and when', async () => {
  const batch = batchOf(8, 3)
  const expected = await createShardedWork(forwards, 1).lossAndGradient(network, weights, batch)
  for (const most of [1, 2, 3, 4, 16]) {
    expect(await createShardedWork(backwards, most).lossAndGradient(network, weights, batch)).toEqual(expected)
  }
})

test('what is not trained stays without gradient in every shard', async () => {
  const { gradient } = await createShardedWork(forwards, 2).lossAndGradient(
    network,
    weights,
    batchOf(5, 4),
    (name) => name === 'singers/table',
  )
  for (const { name, offset, length } of layout.entries) {
    const own = gradient.subarray(offset, offset + length)
    expect(own.some((value) => value !== 0)).toBe(name === 'singers/table')
  }
})

test('memory that is short has fewer shards computed at once, and never more than it was meant for', async () => {
  const seen: { atOnce: number; itemsAtOnce: number }[] = []
  const watched: TensorWork = {
    ...localWork,
    async lossAndGradient(own, values, shard, isTrained, use) {
      seen.push({ atOnce: now, itemsAtOnce: Math.min(use?.itemsAtOnce ?? Infinity, SHARD_ITEMS) })
      return localWork.lossAndGradient(own, values, shard, isTrained, use)
    },
  }
  let now = 0
  const run: RunShards = async (jobs, atOnce) => {
    now = atOnce
    return Promise.all(jobs.map((job) => job(watched)))
  }
  const sharded = createShardedWork(run, 4)
  const atOnce = []
  for (const itemsAtOnce of [8, 5, 4, 3, 2, 1]) {
    seen.length = 0
    await sharded.lossAndGradient(network, weights, batchOf(8, 5), undefined, { itemsAtOnce, recomputes: false })
    expect(seen).toHaveLength(4)
    for (const one of seen) expect(one.atOnce * one.itemsAtOnce).toBeLessThanOrEqual(itemsAtOnce)
    atOnce.push(now)
  }
  expect(atOnce).toEqual([4, 2, 2, 1, 1, 1])
})
