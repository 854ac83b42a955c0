import '@tensorflow/tfjs-backend-cpu'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { spectralAutoencoderSizes } from '../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { parameterShapes } from '../../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import {
  lossAndGradient,
  measureLoss,
  trainingStep,
  type Network,
} from '../../../../src/shared/networks/spectral-autoencoder/training-step.ts'
import { networks } from '../../../../src/shared/networks/registry.ts'
import { createAdamWState } from '../../../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters, unpackParameters } from '../../../../src/shared/nn/parameters.ts'
import { noiseBatch } from '../../../support/tiny-autoencoder.ts'

const config = spectralAutoencoderSizes.tiny
const singerCount = 2
const layout = createParameterLayout(parameterShapes(config, singerCount))
const network: Network = { config, layout, singerCount }
const fresh = () => packParameters(layout, initializeParameters(config, singerCount, createRandom(3)))
const batch = noiseBatch(5, 3, 15, singerCount)

beforeAll(() => setBackend('cpu'))

test('the gradient is the slope of the loss, for every parameter, over an odd number of frames', async () => {
  const weights = fresh()
  const { gradient } = await lossAndGradient(network, weights, batch)
  const width = 4e-3
  for (const { name, offset, length } of layout.entries) {
    // One direction per parameter: single precision would drown single weights.
    const random = createRandom(offset + 1)
    const direction = Float32Array.from({ length }, () => (random.uniform() < 0.5 ? -1 : 1) / Math.sqrt(length))
    const moved = async (scale: number) => {
      const copy = weights.slice()
      for (let i = 0; i < length; i++) copy[offset + i] += scale * direction[i]
      return (await measureLoss(network, copy, batch)).total
    }
    const measured = ((await moved(width)) - (await moved(-width))) / (2 * width)
    const along = direction.reduce((sum, value, i) => sum + value * gradient[offset + i], 0)
    expect(Math.abs(along - measured), `${name}: ${along} against ${measured}`).toBeLessThan(
      0.03 * Math.abs(measured) + 6e-4,
    )
  }
})

test('the total is the sum of its parts', async () => {
  const { losses } = await lossAndGradient(network, fresh(), batch)
  expect(losses.total).toBe(losses['shape/l1'] + losses['delta/1'] + losses['delta/4'])
  expect(losses).toEqual(await measureLoss(network, fresh(), batch))
})

test('a step leaves no tensor behind', async () => {
  const state = createAdamWState(fresh())
  await trainingStep(network, state, batch, 1e-3, 1)
  const before = memory().numTensors
  await trainingStep(network, state, batch, 1e-3, 2)
  await measureLoss(network, state.weights, batch)
  expect(memory().numTensors).toBe(before)
})

test('a frozen encoder stays bit-equal while everything else moves', async () => {
  const weights = fresh()
  const state = createAdamWState(weights)
  await trainingStep(network, state, batch, 1e-2, 1, (name) => !name.startsWith('encoder/'))
  for (const { name, offset, length } of layout.entries) {
    const before = weights.subarray(offset, offset + length)
    const after = state.weights.subarray(offset, offset + length)
    if (name.startsWith('encoder/')) expect(after, name).toEqual(before)
    else expect(after, name).not.toEqual(before)
  }
})

test('steps lower the loss, and no singer outgrows length 1', async () => {
  const state = createAdamWState(fresh())
  const losses: number[] = []
  for (let step = 1; step <= 30; step++) losses.push((await trainingStep(network, state, batch, 1e-2, step)).total)
  expect(losses[29]).toBeLessThan(0.9 * losses[0])
  const table = unpackParameters(layout, state.weights).get('singers/table')
  for (let row = 0; row < singerCount; row++) {
    const values = table?.values.subarray(row * config.singer, (row + 1) * config.singer) ?? []
    expect(Math.hypot(...values)).toBeLessThanOrEqual(1 + 1e-6)
  }
})

test('frames and bands that do not count do not move the loss', async () => {
  const narrow = { ...batch, isNarrow: [true, true, true], target: batch.target.slice() }
  const before = await measureLoss(network, fresh(), narrow)
  for (let row = 0; row < 3 * 15; row++) narrow.target.fill(99, row * 64 + 55, row * 64 + 64)
  expect(await measureLoss(network, fresh(), narrow)).toEqual(before)
})

test('parameters survive packing and unpacking bit for bit', () => {
  const parameters = initializeParameters(config, singerCount, createRandom(9))
  expect(unpackParameters(layout, packParameters(layout, parameters))).toEqual(parameters)
})

test('every registered network reads its own sizes and refuses absurd ones', () => {
  expect(new Set(networks.map(({ id }) => id)).size).toBe(networks.length)
  for (const definition of networks) {
    for (const size of Object.values(definition.sizes)) {
      expect(definition.parseConfig(JSON.parse(JSON.stringify(size)))).toEqual({ ok: true, value: size })
    }
    for (const absurd of [null, 7, {}, { channels: 1e9, decoderBlocks: 3, latent: 8, singer: 32 }]) {
      expect(definition.parseConfig(absurd).ok).toBe(false)
    }
  }
})

test('the sizes have the numbers of parameters that are promised', () => {
  const count = (size: 'fast' | 'standard') =>
    createParameterLayout(parameterShapes(spectralAutoencoderSizes[size], 1)).count
  expect(count('fast') / 1e6).toBeCloseTo(0.19, 2)
  expect(count('standard') / 1e6).toBeCloseTo(0.79, 2)
})
