import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  conditionWidth,
  decoderReach,
  encoderReach,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { initializeWavenetAutoencoder } from '../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { decode, encode } from '../../../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'

beforeAll(() => setBackend('cpu'))

const countOf = (config: WavenetAutoencoderConfig, part: string, singers = 12): number =>
  [...wavenetAutoencoderShapes(config, singers)]
    .filter(([name]) => name.startsWith(`${part}/`))
    .reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)

describe('sizes', () => {
  const { paper } = wavenetAutoencoderSizes

  test.each([
    ['paper', 1_982_528, 5_366_912],
    ['compact', 137_152, 1_817_088],
    ['preview', 137_152, 342_336],
    ['tiny', 683, 4_834],
  ] as const)('%s has %i parameters in the encoder and %i in the decoder', (size, encoder, decoder) => {
    const config = wavenetAutoencoderSizes[size]
    expect([countOf(config, 'encoder'), countOf(config, 'decoder')]).toEqual([encoder, decoder])
  })

  test('the singer classifier has either published shape', () => {
    expect(countOf(paper, 'classifier', 12)).toBe(50_612)
    expect(countOf({ ...paper, classifier: 'pointwise' }, 'classifier', 6)).toBe(27_306)
  })

  test('a singer more is a row more, and an output of the classifier', () => {
    expect(countOf(paper, 'singers', 13) - countOf(paper, 'singers', 12)).toBe(64)
    expect(countOf(paper, 'classifier', 13) - countOf(paper, 'classifier', 12)).toBe(101)
  })
})

describe('what an output hears', () => {
  const config = wavenetAutoencoderSizes.tiny
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, 2))
  const weights = packParameters(layout, initializeWavenetAutoencoder(config, 2, createRandom(4)))
  const length = 10 * config.hop
  const noise = (seed: number, count: number) => {
    const random = createRandom(seed)
    return Float32Array.from({ length: count }, () => random.uniform() - 0.5)
  }

  /** Places at which the output of width `width` is another when the input is another at `at`. */
  async function changedBy(
    at: number,
    width: number,
    run: (x: Float32Array) => Promise<Float32Array>,
  ): Promise<number[]> {
    const x = noise(1, length)
    const before = await run(x)
    x[at] += 0.4
    const after = await run(x)
    return Array.from({ length: before.length / width }, (_, place) => place).filter((place) =>
      before.subarray(place * width, (place + 1) * width).some((value, i) => value !== after[place * width + i]),
    )
  }

  test('a latent hears half the reach to either side of its frame, and no more; there is one a hop', async () => {
    const at = 5 * config.hop
    const half = (encoderReach(config) - 1) / 2
    const run = async (x: Float32Array) => {
      const input = () => tensor3d(x, [1, length, 1])
      const [z] = await readTensors(() => [encode(input(), toTensors(layout, weights), config)])
      return z
    }
    expect((await run(noise(1, length))).length).toBe(10 * config.latent)
    const changed = await changedBy(at, config.latent, run)
    expect(changed[0]).toBe(Math.floor((at - half) / config.hop))
    expect(changed.at(-1)).toBe(Math.floor((at + half) / config.hop))
  })

  test('a latent of an encoder that strides hears no further than its reach, as many samples are a latent', async () => {
    const strided = { ...config, encoder: { ...config.encoder, strides: [4, 2] } }
    const own = createParameterLayout(wavenetAutoencoderShapes(strided, 2))
    const weights = packParameters(own, initializeWavenetAutoencoder(strided, 2, createRandom(4)))
    const at = 80 * config.hop
    const half = (encoderReach(strided) - 1) / 2
    expect(half).toBe(4 + 4 * 2 + 8 * (1 + 2 + 4 + 8))
    const run = async (x: Float32Array) => {
      const [z] = await readTensors(() => [encode(tensor3d(x, [1, x.length, 1]), toTensors(own, weights), strided)])
      return z
    }
    const x = noise(1, 160 * config.hop)
    const before = await run(x)
    expect(before.length).toBe(160 * config.latent)
    x[at] += 0.4
    const after = await run(x)
    const changed = [...before.keys()].filter((i) => before[i] !== after[i]).map((i) => Math.floor(i / config.latent))
    expect(changed[0]).toBeGreaterThanOrEqual(Math.floor((at - half) / config.hop))
    expect(changed[0]).toBeLessThan(80)
    expect(changed.at(-1)).toBeLessThanOrEqual(Math.floor((at + half) / config.hop))
    expect(changed.at(-1)).toBeGreaterThan(80)
  })

  test('a sample decides only later ones, the next at once and the farthest at the end of the reach', async () => {
    const at = 40
    const width = conditionWidth(config)
    // Through the oldest tap of every layer little comes, and nothing of it may be lost in rounding.
    const larger = weights.map((weight) => 3 * weight)
    const run = async (x: Float32Array) => {
      const [logits] = await readTensors(() => {
        const frames = length / config.hop
        const held = tensor3d(noise(3, frames * (width - 1)), [1, frames, width - 1])
        const pitch = tensor3d(noise(2, length), [1, length, 1])
        return [decode(tensor3d(x, [1, length, 1]), { held, pitch }, toTensors(layout, larger), config)]
      })
      return logits
    }
    const changed = await changedBy(at, 256, run)
    expect(changed[0]).toBe(at + 1)
    expect(changed.at(-1)).toBe(at + decoderReach(config))
  })
})

test('fresh weights are a seed’s: neither zero nor far from it, singers beside one another', () => {
  const config = wavenetAutoencoderSizes.tiny
  const [one, same, other] = [1, 1, 2].map((seed) => initializeWavenetAutoencoder(config, 3, createRandom(seed)))
  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
  for (const [name, { values }] of one) {
    expect(Math.max(...values.map(Math.abs)), name).toBeLessThan(2)
    expect(
      values.some((value) => value !== 0),
      name,
    ).toBe(!name.endsWith('/bias'))
  }
})
