import '@tensorflow/tfjs-backend-wasm'
import { memory, setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { WavenetBatch } from '../../../../src/shared/networks/wavenet-autoencoder/batch.ts'
import { wavenetAutoencoderSizes } from '../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { adversaryGradient, publishedConfusion } from '../../../../src/shared/networks/wavenet-autoencoder/gradients.ts'
import { initializeWavenetAutoencoder } from '../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { encode } from '../../../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import {
  confusedStep,
  judgeBatches,
  measureItemPeak,
  reconstructionStep,
} from '../../../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { createAdamWState } from '../../../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

/** Deep enough that blocks are computed again, and as wide as it takes for memory to show. */
const config = {
  ...wavenetAutoencoderSizes.tiny,
  encoder: { channels: 8, blocks: 2, layersPerBlock: 4 },
  decoder: { channels: 8, skip: 8, blocks: 4, layersPerBlock: 4 },
  notes: 3,
  lagTaps: 5,
}
const singerCount = 3
const layout = createParameterLayout(wavenetAutoencoderShapes(config, singerCount))
const network = { config, layout, singerCount }
const random = createRandom(11)
const weights = packParameters(layout, initializeWavenetAutoencoder(config, singerCount, random))

function batchOf(items: number, frames: number): WavenetBatch {
  const sampleCount = frames * config.hop
  const levels = Uint8Array.from({ length: items * sampleCount }, () => random.integer(256))
  const mask = () => Float32Array.from({ length: items * frames * config.latent }, () => random.integer(2))
  return {
    sampleCount,
    target: levels,
    heard: levels,
    singerIndices: Array.from({ length: items }, (_, item) => item % singerCount),
    // Not every frame is voiced, nor as many of each item.
    pitch: Float32Array.from({ length: items * frames * 8 }, (_, at) => (at % 7 < 2 + (at % 5) ? 0 : 0.3)),
    masks: { classifier: mask(), regressor: mask() },
  }
}
const batches = [batchOf(3, 4), batchOf(2, 2)]

async function stepped(itemsAtOnce: number, recomputes: boolean) {
  const state = createAdamWState(weights)
  const numbers = { autoencoder: 1, adversaries: 1 }
  const rates = { autoencoder: 0, adversaries: 1e-3 }
  const options = { rates, numbers, clipValue: null, use: { itemsAtOnce, recomputes } }
  const losses = await confusedStep(network, state, batches, publishedConfusion, options)
  return { losses, state }
}

test('items of different lengths learn the same at once, in parts, and with blocks that compute themselves again', async () => {
  const whole = await stepped(Infinity, false)
  const before = memory().numTensors
  for (const other of [await stepped(2, false), await stepped(1, true)]) {
    for (const name of ['reconstruction', 'singer', 'pitch', 'accuracy'] as const)
      expect(other.losses[name], name).toBeCloseTo(whole.losses[name], 4)
    const [moment, expected] = [other.state.firstMoment, whole.state.firstMoment]
    const scale = Math.hypot(...expected)
    expect(Math.hypot(...moment.map((value, i) => value - expected[i])) / scale).toBeLessThan(1e-4)
  }
  expect(memory().numTensors).toBe(before)
})

test('blocks that compute themselves again take less than half of the memory', async () => {
  const item = batchOf(1, 32)
  const peakOf = (recomputes: boolean) => measureItemPeak(network, weights, item, publishedConfusion, recomputes)
  expect(await peakOf(true)).toBeLessThan(0.5 * (await peakOf(false)))
})

test('fresh latents are no larger than what adversaries can follow', async () => {
  const { preview } = wavenetAutoencoderSizes
  const shapes = wavenetAutoencoderShapes(preview, 2)
  const fresh = initializeWavenetAutoencoder(preview, 2, createRandom(3))
  const noise = Array.from({ length: 2 * preview.hop }, () => random.uniform() - 0.5)
  const [z] = await readTensors(() => {
    const layout = createParameterLayout(shapes)
    const parameters = toTensors(layout, packParameters(layout, fresh))
    return [encode(tensor3d(noise, [1, noise.length, 1]), parameters, preview)]
  })
  expect(Math.hypot(...z) / Math.sqrt(z.length)).toBeLessThan(1)
})

test('what is dropped of the latent, no adversary learns from', async () => {
  const [{ masks, ...batch }] = batches
  const zero = new Float32Array(masks?.classifier.length ?? 0)
  const deaf = { ...batch, masks: { classifier: zero, regressor: zero } }
  const { gradient } = await adversaryGradient(network, weights, deaf, publishedConfusion)
  for (const name of ['classifier/layer0/weight', 'regressor/layer0/weight'])
    expect(gradient.get(name)?.every((slope) => slope === 0)).toBe(true)
})

test('the autoencoder learns against the adversaries as they are after their own update', async () => {
  const state = createAdamWState(weights)
  const options = {
    rates: { autoencoder: 0, adversaries: 0.05 },
    numbers: { autoencoder: 1, adversaries: 1 },
    clipValue: null,
  }
  const plain = batches.map(({ masks: _, ...batch }) => batch)
  const before = await judgeBatches(network, weights, plain)
  const between = await confusedStep(network, state, plain, publishedConfusion, options)
  const after = await judgeBatches(network, state.weights, plain)
  expect(between.singer).not.toBeCloseTo(before.singer, 3)
  expect(between.singer).toBeCloseTo(after.singer, 4)
  expect(between.reconstruction).toBeCloseTo(before.reconstruction, 4)
})

test('a gradient is clipped by value where that is asked for', async () => {
  const step = async (clipValue: number | null) => {
    const state = createAdamWState(weights)
    const ones = { autoencoder: 1, adversaries: 1 }
    await reconstructionStep(network, state, batches, { rates: ones, numbers: ones, clipValue })
    return state.firstMoment.reduce((most, moment) => Math.max(most, Math.abs(moment)), 0)
  }
  // A first moment is a tenth of the gradient.
  const most = 10 * (await step(null))
  expect(await step(most / 2)).toBeCloseTo(most / 20, 6)
})

test('numbers that grow beyond all bounds stop the step with the reason, and nothing is learned from them', async () => {
  const entry = layout.entries.find(({ name }) => name === 'decoder/logits/weight')
  const broken = weights.slice()
  broken[entry?.offset ?? 0] = NaN
  const state = createAdamWState(broken)
  const ones = { autoencoder: 1, adversaries: 1 }
  await expect(
    reconstructionStep(network, state, batches, { rates: ones, numbers: ones, clipValue: null }),
  ).rejects.toMatchObject({
    failure: { code: 'training-diverged', message: expect.stringMatching(/^In update 1 the gradient of /) },
  })
  expect(state.weights).toEqual(broken)
})
