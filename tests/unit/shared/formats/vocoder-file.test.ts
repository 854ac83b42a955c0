import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import { readVocoderFile, writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { FEATURES } from '../../../../src/shared/networks/source-filter/config.ts'
import { tinyVocoder, tinyVocoderCard } from '../../../support/tiny-vocoder.ts'

const [model, card] = [tinyVocoder, tinyVocoderCard]
const { config } = model
const bytes = writeVocoderFile(model, card)

test('a vocoder that was read and is written again keeps its bytes', () => {
  const read = readVocoderFile(bytes)
  if (!read.ok) throw new Error(read.failure.message)
  expect(writeVocoderFile(read.value.model, read.value.card)).toEqual(bytes)
  expect(read.value.card).toEqual(card)
})

test('a file that was cut off or changed anywhere is refused, and nothing throws', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      expect(readVocoderFile(bytes.subarray(0, at)).ok).toBe(false)
      const changed = bytes.slice()
      changed[at] ^= change
      // A changed blank of the header changes nothing that is read.
      const read = readVocoderFile(changed)
      if (read.ok) expect(writeVocoderFile(read.value.model, read.value.card)).toEqual(bytes)
    }),
    { numRuns: 100 },
  )
})

test('a network of absurd size, a number that is not one and a tensor too many are refused', () => {
  const file = readSafetensors(bytes)
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  const withConfig = (changed: object) => ({
    ...metadata,
    model: JSON.stringify({ network: 'source-filter', config: { ...config, ...changed } }),
  })
  expect(readVocoderFile(writeSafetensors({ tensors, metadata: withConfig({ residual: 1e6 }) })).ok).toBe(false)
  expect(readVocoderFile(writeSafetensors({ tensors, metadata: withConfig({ dilations: [] }) })).ok).toBe(false)
  const broken = { ...model, normal: { ...model.normal, spread: new Float32Array(FEATURES).fill(NaN) } }
  expect(readVocoderFile(writeVocoderFile(broken, card)).ok).toBe(false)
  const more = new Map([...model.parameters, ['more/weight', { shape: [1], values: new Float32Array(1) }]])
  expect(readVocoderFile(writeVocoderFile({ ...model, parameters: more }, card)).ok).toBe(false)
})
