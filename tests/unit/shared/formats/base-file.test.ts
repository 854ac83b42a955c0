import fc from 'fast-check'
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

test('mutated or truncated bytes are refused with a code, never with an exception', () => {
  const headerBytes = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true))
  const place = fc.oneof(fc.nat(whole.length - 1), fc.nat(headerBytes - 1))
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 6 }), (edits) => {
      const mutated = whole.slice()
      for (const [at, value] of edits) mutated[at] = value
      const read = readBaseFile(mutated)
      if (!read.ok) expect(read.failure.code).toBe('checkpoint-invalid')
      else expect(edits.every(([at, value]) => whole[at] === value || at < headerBytes)).toBe(true)
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      expect(readBaseFile(whole.subarray(0, length)).ok).toBe(false)
    }),
  )
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
