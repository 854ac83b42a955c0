import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { readBaseFile, writeBaseFile, type BaseConverter } from '../../../../src/shared/formats/base-file.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import { spectralAutoencoder } from '../../../../src/shared/networks/spectral-autoencoder/index.ts'

function createBase(size: 'tiny' | 'standard' = 'tiny', personCount = 3): BaseConverter {
  const random = createRandom(7)
  const config = spectralAutoencoder.sizes[size]
  return {
    config,
    parameters: spectralAutoencoder.initialize(config, personCount, random),
    persons: Array.from({ length: personCount }, (_, index) => `person ${index}`),
    meanShape: Float32Array.from({ length: 64 }, () => 2 * random.normal()),
    spread: 1.5,
  }
}

const whole = writeBaseFile(createBase())

function reading(bytes: Uint8Array): BaseConverter {
  const read = readBaseFile(bytes)
  if (!read.ok) throw new Error(read.failure.message)
  return read.value
}

test('a base survives the file: weights to half precision, rows and all else exactly', () => {
  const base = createBase()
  const back = reading(whole)
  expect({ ...back, parameters: null }).toEqual({ ...base, parameters: null })
  expect([...back.parameters.keys()]).toEqual([...base.parameters.keys()])
  for (const [name, { shape, values }] of back.parameters) {
    const original = base.parameters.get(name)
    expect(original?.shape).toEqual(shape)
    values.forEach((value, index) => expect(value).toBeCloseTo(original?.values[index] ?? NaN, 3))
  }
  expect(back.parameters.get('singers/table')).toEqual(base.parameters.get('singers/table'))
})

test('what was read is written to the same bytes again', () => {
  expect(writeBaseFile(reading(whole))).toEqual(whole)
})

test('a base of the standard size takes under two megabytes', () => {
  expect(writeBaseFile(createBase('standard', 20)).length).toBeLessThan(2e6)
})

test('lies about the base are refused one by one', () => {
  const file = readSafetensors(whole)
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  const facts = JSON.parse(metadata['model']) as Record<string, unknown>
  const withFacts = (change: Record<string, unknown>) =>
    readBaseFile(
      writeSafetensors({ tensors, metadata: { ...metadata, model: JSON.stringify({ ...facts, ...change }) } }),
    )
  const lies: readonly Record<string, unknown>[] = [
    { converter: 'another network' },
    { config: { channels: 1e9, decoderBlocks: 3, latent: 3, singer: 4 } },
    { config: { channels: 7, decoderBlocks: 3, latent: 3, singer: 4 } },
    { persons: [] },
    { persons: ['one'] },
    { persons: Array.from({ length: 1e4 }, () => 'one') },
    { persons: [1, 2, 3] },
    { spread: 0 },
    { spread: null },
  ]
  for (const lie of lies) expect(withFacts(lie).ok, JSON.stringify(lie)).toBe(false)
  expect(withFacts({ spread: 9 }).ok, 'a changed fact breaks the digest').toBe(false)
  expect(withFacts({}).ok).toBe(true)
  const [first] = tensors.values()
  expect(
    readBaseFile(writeSafetensors({ tensors: new Map([...tensors, ['more', first]]), metadata })).ok,
    'a tensor too many',
  ).toBe(false)
})
