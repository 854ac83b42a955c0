import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { SingerModel } from '../../../../src/shared/conversion/singer-model.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import type { SingerCard } from '../../../../src/shared/formats/singer-card.ts'
import { readSingerFile, writeSingerFile } from '../../../../src/shared/formats/singer-file.ts'
import { spectralAutoencoder } from '../../../../src/shared/networks/spectral-autoencoder/index.ts'

const card: SingerCard = {
  name: 'Mira',
  converter: 'spectral-autoencoder',
  licence: 'private',
  consent: 'my own voice',
  lowestHz: 140,
  highestHz: 520,
  medianHz: 260,
  trainedFromSec: 118,
  createdAtMs: 1_700_000_000_000,
}

function createModel(size: 'tiny' | 'fast', clipFrameCounts: readonly number[]): SingerModel {
  const random = createRandom(7)
  const config = spectralAutoencoder.sizes[size]
  const frames = clipFrameCounts.reduce((sum, count) => sum + count, 0)
  const normals = (count: number, scale: number) => Float32Array.from({ length: count }, () => scale * random.normal())
  return {
    config,
    parameters: spectralAutoencoder.initialize(config, 1, random),
    row: normals(config.singer, 0.1),
    meanShape: normals(64, 2),
    spread: 1.5,
    cepstralVariance: normals(64, 1).map(Math.abs),
    bandHarmonicsToNoiseDb: normals(5, 6),
    medianLog2F0: Math.log2(260),
    lowestHz: 140,
    highestHz: 520,
    bank: {
      clipFrameCounts,
      shapes: normals(frames * 64, 2),
      f0: Float32Array.from({ length: frames }, (_, frame) => (frame % 3 ? 200 + frame : 0)),
      energy: normals(frames, 1),
    },
  }
}

test('a singer survives the file: weights to half precision, bank to a step of 8 bits, all else exactly', () => {
  const model = createModel('tiny', [40, 25])
  const read = readSingerFile(writeSingerFile(model, card))
  if (!read.ok) throw new Error(read.failure.message)
  expect(read.value.card).toEqual(card)
  const back = read.value.model
  for (const [name, { shape, values }] of back.parameters) {
    const original = model.parameters.get(name)
    expect(original?.shape).toEqual(shape)
    values.forEach((value, index) => expect(value).toBeCloseTo(original?.values[index] ?? NaN, 3))
  }
  expect(back.parameters.size).toBe(model.parameters.size - 1)
  back.bank.shapes.forEach((value, index) => {
    const held = Math.min(Math.max(model.bank.shapes[index], -10), 8)
    expect(Math.abs(value - held)).toBeLessThanOrEqual(9 / 255 + 1e-6)
  })
  for (const name of ['row', 'meanShape', 'cepstralVariance', 'bandHarmonicsToNoiseDb'] as const) {
    expect(back[name]).toEqual(model[name])
  }
  expect(back.bank.f0).toEqual(model.bank.f0)
  expect(back.bank.clipFrameCounts).toEqual([40, 25])
})

test('what was read is written to the same bytes again', () => {
  const bytes = writeSingerFile(createModel('tiny', [10]), card)
  const read = readSingerFile(bytes)
  if (!read.ok) throw new Error(read.failure.message)
  expect(writeSingerFile(read.value.model, read.value.card)).toEqual(bytes)
})

test('bytes that lie in the middle of a pool, as a file that was read does, give the same singer', () => {
  const bytes = writeSingerFile(createModel('tiny', [10]), card)
  const pool = Buffer.alloc(bytes.length + 200, 0xff)
  pool.set(bytes, 104)
  expect(readSingerFile(pool.subarray(104, 104 + bytes.length))).toEqual(readSingerFile(bytes))
})

test('a singer of the fast size with 100 seconds of bank is about a megabyte', () => {
  const bytes = writeSingerFile(createModel('fast', [10_000]), card).length
  expect(bytes).toBeGreaterThan(0.9e6)
  expect(bytes).toBeLessThan(1.3e6)
})

test('lies about the model are refused one by one', () => {
  const whole = writeSingerFile(createModel('tiny', [12]), card)
  const file = readSafetensors(whole)
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  const facts = JSON.parse(metadata['model']) as Record<string, unknown>
  const withFacts = (change: Record<string, unknown>) =>
    readSingerFile(
      writeSafetensors({ tensors, metadata: { ...metadata, model: JSON.stringify({ ...facts, ...change }) } }),
    )
  const lies: readonly Record<string, unknown>[] = [
    { config: { channels: 1e9, decoderBlocks: 3, latent: 3, singer: 4 } },
    { config: { channels: 7, decoderBlocks: 3, latent: 3, singer: 4 } },
    { clipFrameCounts: [1e15] },
    { clipFrameCounts: [13] },
    { clipFrameCounts: [-12, 24] },
    { spread: 0 },
    { spread: null },
    { lowestHz: 900, highestHz: 100 },
    { medianLog2F0: 'high' },
  ]
  for (const lie of lies) expect(withFacts(lie).ok, JSON.stringify(lie)).toBe(false)
  expect(withFacts({ spread: 9 }).ok, 'a changed fact breaks the digest').toBe(false)
  expect(withFacts({}).ok).toBe(true)
})

test('a missing tensor, a weight that is no number and a foreign file are named', () => {
  const model = createModel('tiny', [12])
  const poisoned = { ...model, row: Float32Array.of(NaN, 0, 0, 0) }
  const refused = readSingerFile(writeSingerFile(poisoned, card))
  expect(!refused.ok && refused.failure.message).toContain('row')
  const file = readSafetensors(writeSingerFile(model, card))
  if (!file.ok) throw new Error(file.failure.message)
  const fewer = new Map(file.value.tensors)
  fewer.delete('parameters/decoder/out/bias')
  const incomplete = readSingerFile(writeSafetensors({ tensors: fewer, metadata: file.value.metadata }))
  expect(!incomplete.ok && incomplete.failure.message).toContain('decoder/out/bias')
  expect(readSingerFile(writeSafetensors({ tensors: new Map(), metadata: {} })).ok).toBe(false)
})
