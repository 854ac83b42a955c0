import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEmotionFile, writeEmotionFile } from '../../../../src/shared/formats/emotion-file.ts'
import { singles } from '../../../../src/shared/formats/model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from '../../../../src/shared/formats/safetensors.ts'
import { tinyRelgan, tinyRelganCard } from '../../../support/tiny-relgan.ts'
import { tinyTables, tinyTablesCard } from '../../../support/tiny-tables.ts'

const model = tinyRelgan()
const bytes = writeEmotionFile(model, tinyRelganCard)
const reasonOf = (hostile: Uint8Array) => {
  const file = readEmotionFile(hostile)
  return file.ok ? 'it was taken' : `${file.failure.code}: ${file.failure.message}`
}
type Change = (file: { tensors: Map<string, RawTensor>; metadata: Record<string, string> }) => void
/** A file with some of its texts or tensors replaced. */
function bent(change: Change, whole = bytes): Uint8Array {
  const file = readSafetensors(whole)
  if (!file.ok) throw new Error(file.failure.message)
  const copy = { tensors: new Map(file.value.tensors), metadata: { ...file.value.metadata } }
  change(copy)
  return writeSafetensors(copy)
}

describe('an emotion file', () => {
  test('comes back as it was written, weights to half precision, and the same model gives the same bytes', () => {
    const file = readEmotionFile(bytes)
    if (!file.ok) throw new Error(file.failure.message)
    if (file.value.translator !== 'relgan') throw new Error('a network was written')
    const { model: read, card } = file.value
    expect(card).toEqual(tinyRelganCard)
    expect({ ...read, parameters: null }).toEqual({ ...model, parameters: null })
    for (const [name, { shape, values }] of model.parameters) {
      const found = read.parameters.get(name)
      expect(found?.shape).toEqual(shape)
      values.forEach((value, index) => expect(found?.values[index]).toBeCloseTo(value, 3))
    }
    expect(writeEmotionFile(read, card)).toEqual(bytes)
  })

  test('is refused with any bit turned over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const turned = bytes.slice()
        turned[at] ^= 1 << bit
        expect(reasonOf(turned)).not.toBe('it was taken')
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['another format', (file) => void (file.metadata['format'] = 'understudy-singer'), /not of an emotion model/],
    ['a later version', (file) => void (file.metadata['version'] = '2'), /version 2/],
    ['a card that is cut off', (file) => void (file.metadata['card'] = '{"name":"T'), /card is not whole/],
    ['a translator of its own', (file) => void (file.metadata['card'] = '{}'), /card is not whole/],
    [
      'a model of a size beyond any',
      (file) => void (file.metadata['model'] = file.metadata['model'].replace('"channels":1', '"channels":9999')),
      /description of the model/,
    ],
    [
      'an emotion twice',
      (file) => void (file.metadata['model'] = file.metadata['model'].replace('angry', 'happy')),
      /description of the model/,
    ],
    [
      'a path for a name',
      (file) => void (file.metadata['model'] = file.metadata['model'].replace('angry', '../../up')),
      /description of the model/,
    ],
    [
      'a missing tensor',
      (file) => void file.tensors.delete('normals/happy/mean'),
      /normals\/happy\/mean: expected F32 \[36\], found nothing/,
    ],
    ['a tensor more', (file) => void file.tensors.set('more', singles(new Float32Array(36))), /more than a model/],
  ] as const satisfies readonly (readonly [string, Change, RegExp])[])(
    'is refused with %s',
    (_name, change, message) => {
      expect(reasonOf(bent(change))).toMatch(message)
      expect(reasonOf(bent(change))).toMatch(/^checkpoint-invalid/)
    },
  )
})

describe('an emotion file of tables', () => {
  const tables = writeEmotionFile(tinyTables, tinyTablesCard)

  test('comes back as it was written, to the bit', () => {
    const file = readEmotionFile(tables)
    if (!file.ok || file.value.translator !== 'statistics') throw new Error('tables were written')
    expect(file.value).toEqual({ translator: 'statistics', model: tinyTables, card: tinyTablesCard })
    expect(writeEmotionFile(file.value.model, file.value.card)).toEqual(tables)
  })

  test('is refused with any bit turned over, cut off anywhere, and with anything for a text', () => {
    const place = fc.integer({ min: 0, max: tables.length - 1 })
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const turned = tables.slice()
        turned[at] ^= 1 << bit
        expect(reasonOf(turned)).not.toBe('it was taken')
      }),
    )
    fc.assert(fc.property(place, (end) => void expect(reasonOf(tables.slice(0, end))).not.toBe('it was taken')))
    fc.assert(
      fc.property(fc.constantFrom('card', 'model'), fc.json(), (name, json) => {
        const odd = bent(({ metadata }) => void (metadata[name] = json), tables)
        expect(reasonOf(odd)).toMatch(/^checkpoint-invalid: .*(card|description of the model) is not whole/)
      }),
    )
  })

  test.each([
    ['a number that is not finite', withShape(NaN), /angry\/shape: a number is not finite/],
    ['a number that no voice has', withShape(1e6), /angry\/shape: a number is not from -50 to 50/],
    [
      'a missing table',
      (file) => void file.tensors.delete('sad/scalars'),
      /sad\/scalars: expected F32 \[9\], found nothing/,
    ],
    [
      'numbers of a name that is not known',
      (file) => void (file.metadata['model'] = file.metadata['model'].replace('breathDb', 'growlDb')),
      /description of the model/,
    ],
    [
      'the card of a network',
      (file) => void (file.metadata['card'] = JSON.stringify(tinyRelganCard)),
      /description of the model/,
    ],
    [
      'a translator that nobody knows',
      (file) => void (file.metadata['card'] = file.metadata['card'].replace('statistics', 'oracle')),
      /card is not whole/,
    ],
    ['a tensor more', (file) => void file.tensors.set('more', singles(new Float32Array(64))), /more than a model/],
  ] as const satisfies readonly (readonly [string, Change, RegExp])[])(
    'is refused with %s',
    (_name, change, message) => {
      expect(reasonOf(bent(change, tables))).toMatch(message)
    },
  )
})

function withShape(value: number): Change {
  return ({ tensors }) => void tensors.set('angry/shape', singles(new Float32Array(64).fill(value)))
}
