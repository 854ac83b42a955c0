import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { converterOfFile, readAnySinger, renameSinger } from '../../../../src/shared/formats/any-singer-file.ts'
import { singles } from '../../../../src/shared/formats/model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from '../../../../src/shared/formats/safetensors.ts'
import { readWaveformSinger, writeWaveformSinger } from '../../../../src/shared/formats/waveform-singer-file.ts'
import { smallBlocks, tinyWaveform, tinyWaveformSinger } from '../../../support/tiny-waveform.ts'

const singer = tinyWaveformSinger()
const bytes = writeWaveformSinger(singer)
const failureOf = (hostile: Uint8Array) => {
  const file = readWaveformSinger(hostile)
  return file.ok ? { code: 'taken', message: 'it was taken', details: '' } : file.failure
}
const reasonOf = (hostile: Uint8Array) => `${failureOf(hostile).code}: ${failureOf(hostile).message}`
const converterOf = (file: Uint8Array) =>
  converterOfFile((startBytes, count) => file.subarray(startBytes, startBytes + count))
type Change = (file: { tensors: Map<string, RawTensor>; metadata: Record<string, string> }) => void
function bent(change: Change): Uint8Array {
  const file = readSafetensors(bytes)
  if (!file.ok) throw new Error(file.failure.message)
  const copy = { tensors: new Map(file.value.tensors), metadata: { ...file.value.metadata } }
  change(copy)
  return writeSafetensors(copy)
}
const inModel =
  (from: string, to: string): Change =>
  ({ metadata }) =>
    void (metadata['model'] = metadata['model'].replace(from, to))

describe('a waveform singer', () => {
  test('comes back as written, weights to half precision or to the bit, and the same singer gives the same bytes', () => {
    const half = readWaveformSinger(bytes)
    const single = readWaveformSinger(writeWaveformSinger(singer, 'single'))
    if (!half.ok || !single.ok) throw new Error('it was refused')
    expect(single.value).toEqual(singer)
    expect({ ...half.value, model: null }).toEqual({ ...singer, model: null })
    for (const [name, { values }] of singer.model.parameters)
      values.forEach((value, at) =>
        expect(half.value.model.parameters.get(name)?.values[at]).toBeCloseTo(value, name.endsWith('table') ? 12 : 3),
      )
    expect(writeWaveformSinger(half.value)).toEqual(bytes)
  })

  test('comes back with what its size has beyond the published ones, and without it where its file names none', () => {
    const small = { ...singer, model: tinyWaveform(smallBlocks) }
    const read = readWaveformSinger(writeWaveformSinger(small, 'single'))
    expect(read).toEqual({ ok: true, value: small })
    const names = (file: Uint8Array) => {
      const parsed = readWaveformSinger(file)
      return parsed.ok ? Object.keys(parsed.value.model.config) : []
    }
    expect(names(writeWaveformSinger(small))).toEqual(expect.arrayContaining(['notes', 'lagTaps']))
    expect(names(bytes)).toEqual(Object.keys(singer.model.config))
  })

  test('is told from other singers by its file, and keeps its weights under another name', () => {
    expect(converterOf(bytes)).toEqual({ ok: true, value: 'waveform' })
    const renamed = renameSinger(bytes, 'Mira')
    const read = renamed.ok ? readAnySinger(renamed.value) : renamed
    expect(read).toEqual({ ok: true, value: { converter: 'waveform', card: { ...singer.card, name: 'Mira' } } })
    expect(renamed.ok && renameSinger(renamed.value, singer.card.name)).toEqual({ ok: true, value: bytes })
    expect(converterOf(bent(({ metadata }) => void (metadata['format'] = 'toString'))).ok).toBe(false)
  })

  test('is refused with any bit turned over, cut off anywhere, and with anything for a text', () => {
    const place = fc.integer({ min: 0, max: bytes.length - 1 })
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const turned = bytes.slice()
        turned[at] ^= 1 << bit
        expect(reasonOf(turned)).not.toMatch(/taken/)
      }),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(place, (end) => void expect(reasonOf(bytes.slice(0, end))).toMatch(/^checkpoint-invalid/)),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(fc.constantFrom('card', 'model', 'format', 'version', 'digest'), fc.json(), (name, json) => {
        expect(reasonOf(bent(({ metadata }) => void (metadata[name] = json)))).toMatch(/^checkpoint-invalid/)
      }),
    )
  })

  test('of other sizes than its weights have is refused with every mismatch named at once', () => {
    const { message, details } = failureOf(bent(inModel('"latent":5', '"latent":6')))
    expect(message).toMatch(/encoder\/out\/weight: expected F16 \[6,6,1\], found F16 \[5,6,1\].*; and \d+ more/)
    const named = details?.split('\n') ?? []
    // The encoder's last convolution, the condition of eight layers, and the head's.
    expect(named.filter((line) => line.includes('/weight'))).toHaveLength(10)
    expect(named.filter((line) => line.includes('/bias'))).toHaveLength(1)
  })

  test.each([
    ['a row beyond the learned singers', inModel('"row":1', '"row":2'), /row 2 .* 2 singers were learned/],
    ['another rate', inModel('"rateHz":16000', '"rateHz":44100'), /sings at 44100 Hz/],
    [
      'sizes beyond any, all of them named',
      inModel('"latent":5,"singer":3', '"latent":99999,"singer":0'),
      /latent: expected 1 to 256, found 99999; singer: expected 1 to 256, found 0/,
    ],
    ['a hop that holds no whole frames of pitch', inModel('"hop":160', '"hop":170'), /multiple of 8/],
    ['a tensor more', ({ tensors }) => void tensors.set('more', singles(new Float32Array(3))), /more: not expected/],
    ['a missing tensor', ({ tensors }) => void tensors.delete('peaks/skips'), /peaks\/skips: .*found nothing/],
    [
      'a row that is no voice',
      ({ tensors }) =>
        void tensors.set('parameters/singers/table', singles(new Float32Array(6).fill(Infinity), [2, 3])),
      /singers\/table: a number is not finite/,
    ],
    [
      'a card of another converter',
      ({ metadata }) => void (metadata['card'] = metadata['card'].replace('"waveform"', '"spectral-autoencoder"')),
      /another converter/,
    ],
  ] as const satisfies readonly (readonly [string, Change, RegExp])[])('is refused with %s', (_name, change, why) => {
    expect(reasonOf(bent(change))).toMatch(why)
    expect(reasonOf(bent(change))).toMatch(/^checkpoint-invalid/)
  })
})
