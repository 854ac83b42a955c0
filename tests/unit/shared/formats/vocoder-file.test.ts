import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import { readVocoderFile, writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { FEATURES, sourceFilterSizes } from '../../../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../../../src/shared/networks/source-filter/initialize.ts'

const config = sourceFilterSizes.tiny
const model = {
  config,
  parameters: initializeSourceFilter(config, createRandom(1)),
  normal: { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) },
}
const card = {
  name: 'Tom',
  licence: 'CC0-1.0',
  trainedOn: 'Tom',
  personCount: 1,
  recordedSec: 60,
  heldOutPeople: ['eve'],
  steps: 12,
  heldOutLoss: 1.5,
  createdAtMs: 0,
  software: 'Understudy',
  engine: 'wasm',
}
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
