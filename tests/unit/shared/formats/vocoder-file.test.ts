import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import { readVocoderFile, writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { FEATURES } from '../../../../src/shared/networks/source-filter/config.ts'
import {
  tinyFlowVocoder,
  tinyParallelVocoder,
  tinyVocoder,
  tinyVocoderCard,
  tinyWavenetVocoder,
} from '../../../support/tiny-vocoder.ts'

const [model, card] = [tinyVocoder, tinyVocoderCard]
const { config } = model
const bytes = writeVocoderFile(model, card)

test.each([tinyVocoder, tinyFlowVocoder, tinyWavenetVocoder, tinyParallelVocoder])(
  'a $network vocoder that was read and is written again keeps its bytes',
  (model) => {
    const bytes = writeVocoderFile(model, card)
    const read = readVocoderFile(bytes)
    if (!read.ok) throw new Error(read.failure.message)
    expect(writeVocoderFile(read.value.model, read.value.card)).toEqual(bytes)
    expect(read.value.model.network).toBe(model.network)
    expect(read.value.card).toEqual(card)
  },
)

test('a student’s file tells whose student it is, and a teacher that is described otherwise is refused', () => {
  const teacher = { name: 'Wave', steps: 9000, digest: 'a'.repeat(64) }
  const read = readVocoderFile(writeVocoderFile(tinyParallelVocoder, { ...card, teacher }))
  expect(read).toMatchObject({ ok: true, value: { card: { teacher } } })
  const unsaid = { ...card, teacher: { ...teacher, digest: 'of a file' } }
  expect(readVocoderFile(writeVocoderFile(tinyParallelVocoder, unsaid)).ok).toBe(false)
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

test('a file that says another kind than it holds is refused, and everything that does not fit is named', () => {
  const file = readSafetensors(writeVocoderFile(tinyFlowVocoder, card))
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  const saying = (described: object) =>
    readVocoderFile(writeSafetensors({ tensors, metadata: { ...metadata, model: JSON.stringify(described) } }))
  const asOther = saying({ network: 'source-filter', config })
  expect(asOther).toMatchObject({ ok: false })
  if (!asOther.ok) expect(asOther.failure.message).toMatch(/parameters\/in\/weight.*parameters\/layer0\/conv\/weight/)
  expect(saying({ network: 'wavelet', config }).ok).toBe(false)
  expect(saying({ network: 'flow', config: { ...tinyFlowVocoder.config, channels: 12 } }).ok).toBe(false)
  expect(saying({ network: 'wavenet', config: { ...tinyWavenetVocoder.config, residual: 12 } }).ok).toBe(false)
})

test('a flow whose matrix has no inverse is refused', () => {
  const scales = new Map(tinyFlowVocoder.parameters)
  scales.set('flow1/log-scale', { shape: [8], values: new Float32Array(8).fill(-60) })
  const read = readVocoderFile(writeVocoderFile({ ...tinyFlowVocoder, parameters: scales }, card))
  expect(read).toMatchObject({ ok: false })
  if (!read.ok) expect(read.failure.message).toContain('flow1/log-scale: a number is not from -8 to 8')
})
