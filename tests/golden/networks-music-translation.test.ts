import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { musicTranslationSizes } from '../../src/shared/networks/music-translation/config.ts'
import {
  decoderNameOf,
  domainShapes,
  musicTranslationNetwork,
  musicTranslationShapes,
  takeDomain,
} from '../../src/shared/networks/music-translation/parameters.ts'
import { parseMusicTranslationConfig } from '../../src/shared/networks/music-translation/parse-config.ts'
import { sizeNameOf } from '../../src/shared/networks/music-translation/size-name.ts'
import type { WavenetBatch } from '../../src/shared/networks/wavenet-autoencoder/batch.ts'
import { decoderReach, encoderReach } from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { adversaryGradient, autoencoderGradient } from '../../src/shared/networks/wavenet-autoencoder/gradients.ts'
import { decode, encode, levelInput } from '../../src/shared/networks/wavenet-autoencoder/network.ts'
import { sampleDecoder } from '../../src/shared/networks/wavenet-autoencoder/sample.ts'
import { toTensors, unpackParameters } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { goldenNetworks } from './networks-fixture.ts'

interface PaperSize {
  readonly parameters: Readonly<Record<string, number>>
  readonly receptive_field: Readonly<Record<string, number>>
}
const golden = goldenNetworks.paper_size as PaperSize // our own fixture

beforeAll(() => setBackend('cpu'))

const { paper, long, nsynth, tiny } = musicTranslationSizes
const countOf = (shapes: ReadonlyMap<string, readonly number[]>, prefix: string) =>
  [...shapes]
    .filter(([name]) => name.startsWith(prefix))
    .reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)

test('encoder, decoders and classifier have the published numbers of parameters', () => {
  const ids = ['cello', 'piano', 'winds', 'harpsichord', 'violin', 'quartet']
  const shapes = musicTranslationShapes(paper, ids)
  expect(countOf(shapes, 'encoder/')).toBe(golden.parameters.svc_encoder)
  for (const id of ids) expect(countOf(shapes, decoderNameOf(id))).toBe(golden.parameters.umt_decoder_40)
  expect(countOf(shapes, 'classifier/')).toBe(golden.parameters.umt_classifier_k6)
  expect(countOf(domainShapes(long), 'decoder/')).toBe(golden.parameters.umt_decoder_56)
  expect(countOf(domainShapes(nsynth), 'encoder/')).toBe(golden.parameters.nsynth_encoder)
  expect(countOf(domainShapes(nsynth), 'decoder/')).toBe(golden.parameters.nsynth_decoder)
})

test('reaches, rates and pools are the published ones', () => {
  expect(encoderReach(paper)).toBe(golden.receptive_field.svc_encoder)
  expect(decoderReach(paper)).toBe(golden.receptive_field.svc_decoder_with_first)
  expect(decoderReach(long) - 1).toBe(golden.receptive_field.umt_decoder_56)
  expect(decoderReach(nsynth)).toBe(golden.receptive_field.nsynth_decoder)
  expect([paper.hop, paper.latent, nsynth.hop, nsynth.latent]).toEqual([800, 64, 512, 16])
})

test('a size survives its way through a file, and a hostile one is refused', () => {
  for (const size of Object.values(musicTranslationSizes))
    expect(parseMusicTranslationConfig(JSON.parse(JSON.stringify(size)))).toEqual({ ok: true, value: size })
  for (const [name, size] of Object.entries(musicTranslationSizes)) expect(sizeNameOf({ ...size })).toBe(name)
  expect(sizeNameOf({ ...tiny, latent: 6 })).toBeNull()
  const { decoder } = paper
  // Deeper than anything that walks down it can go.
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  for (const wrong of [
    null,
    { ...paper, latent: 1e9 },
    { ...paper, latent: deep },
    { ...paper, decoder: { ...decoder, taps: 0 } },
    { ...paper, decoder: { ...decoder, channels: 512, blocks: 8, layersPerBlock: 14 } },
  ])
    expect(parseMusicTranslationConfig(wrong).ok).toBe(false)
})

const ids = ['flute', 'fiddle']
const network = musicTranslationNetwork(tiny, ids)
const weights = Float32Array.from({ length: network.layout.count }, (_, i) => 0.4 * Math.sin(i * i))
const clip = (singer: number, phase: number): WavenetBatch => {
  const levels = Uint8Array.from({ length: 64 }, (_, i) => 128 + 40 * Math.sin(i / 3 + phase))
  return {
    sampleCount: 32,
    target: levels,
    heard: levels.map((level) => level + 1),
    singerIndices: [singer, singer],
    pitch: null,
  }
}
const confusion = { singer: 0.01, pitch: 0 }

test('a clip teaches the encoder and its own domain’s decoder, and nobody else', async () => {
  const { gradient } = await autoencoderGradient(network, weights, clip(1, 0), confusion)
  const slopes = [...gradient].filter(([, slope]) => slope.some((value) => value !== 0)).map(([name]) => name)
  const idle = `${decoderNameOf('fiddle')}/layer7/residual/`
  const own = network.layout.entries
    .map(({ name }) => name)
    .filter((name) => /^encoder|^domains.fiddle/.test(name) && !name.startsWith(idle))
  expect(new Set(gradient.keys())).toEqual(new Set(own))
  // A rectifier or two of so small a network may be shut; whole networks are not.
  expect(slopes.length).toBeGreaterThan(0.9 * own.length)
})

test('the classifier learns from a latent that stays, weighted as published, and the encoder against it', async () => {
  const both = await adversaryGradient(network, weights, clip(0, 1), confusion)
  expect([...both.gradient.keys()].every((name) => name.startsWith('classifier/'))).toBe(true)
  const tenfold = await adversaryGradient(network, weights, clip(0, 1), { singer: 0.1, pitch: 0 })
  expect(tenfold.loss).toBeCloseTo(10 * both.loss, 6)

  const slopeOf = async (singer: number) => {
    const { gradient } = await autoencoderGradient(network, weights, clip(0, 1), { singer, pitch: 0 })
    return gradient.get('encoder/out/weight') ?? new Float32Array(0)
  }
  const [without, weak, strong] = [await slopeOf(0), await slopeOf(1), await slopeOf(2)]
  const scale = Math.max(...strong.map((value, i) => Math.abs(value - without[i])))
  expect(scale).toBeGreaterThan(0)
  weak.forEach((value, i) =>
    expect(Math.abs(2 * (value - without[i]) - (strong[i] - without[i]))).toBeLessThan(1e-4 * scale),
  )
})

test('a clip of one domain beside one of another in a batch is refused', async () => {
  const mixed = { ...clip(0, 0), singerIndices: [0, 1] }
  await expect(autoencoderGradient(network, weights, mixed, confusion)).rejects.toThrow('nobody else')
})

test('one sample at a time, a decoder of any number of taps says what it says of all at once', async () => {
  for (const taps of [2, 3]) {
    const config = { ...tiny, decoder: { ...tiny.decoder, taps } }
    const { layout } = musicTranslationNetwork(config, ids)
    const all = Float32Array.from({ length: layout.count }, (_, i) => 0.3 * Math.sin(i * i + taps))
    const alone = takeDomain(unpackParameters(layout, all), config, 'flute')
    const [told, sampleCount] = [Float32Array.from({ length: 64 * 5 }, (_, i) => Math.sin(Math.floor(i / 80))), 64]
    const uniforms = Float32Array.from({ length: 64 }, (_, i) => (0.5 + 0.618 * i) % 1)
    const seen: number[] = []
    const levels = sampleDecoder(alone, config, { condition: told, sampleCount, uniforms }, (logits) =>
      seen.push(...logits),
    )
    const [logits] = await readTensors(() => {
      const x = tensor3d(Float32Array.from(levels, levelInput), [1, 64, 1])
      const held = tensor3d(
        told.filter((_, i) => i % 80 < 5),
        [1, 4, 5],
      )
      return [decode(x, { held, pitch: null }, toTensors(layout, all), config, 'inputs', decoderNameOf('flute'))]
    })
    expect(Math.max(...logits.map((value, i) => Math.abs(value - seen[i])))).toBeLessThan(1e-4)
  }
})

test('a latent reads half the encoder’s reach on either side of its own samples, and there is one for every hop', async () => {
  const at = 160
  const reach = (encoderReach(tiny) - 1) / 2
  const latentsOf = async (changed: number | null) => {
    const x = Float32Array.from({ length: 320 }, (_, i) => 0.3 * Math.sin(i) + (i === changed ? 0.2 : 0))
    const [z] = await readTensors(() => [encode(tensor3d(x, [1, 320, 1]), toTensors(network.layout, weights), tiny)])
    expect(z.length).toBe(20 * tiny.latent)
    return z
  }
  const [plain, changed] = [await latentsOf(null), await latentsOf(at)]
  const moved = [...Array(20).keys()].filter((frame) =>
    plain.subarray(5 * frame, 5 * frame + 5).some((value, i) => value !== changed[5 * frame + i]),
  )
  expect(moved[0]).toBeGreaterThanOrEqual(Math.floor((at - reach) / 16))
  expect(moved[moved.length - 1]).toBeLessThanOrEqual(Math.floor((at + reach) / 16))
  expect(moved.length).toBeGreaterThan(2)
})
