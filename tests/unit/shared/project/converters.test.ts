import { expect, test } from 'vitest'
import type { SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import { bandLimitOf, converters, traitsOf, unheardOf } from '../../../../src/shared/project/converters.ts'
import { performanceSchema } from '../../../../src/shared/project/performance-schema.ts'
import { defaultPerformance, type Performance } from '../../../../src/shared/project/performance.ts'
import { renderKey } from '../../../../src/shared/project/render-key.ts'

const plain = defaultPerformance('mira' as SingerId)
const keyOf = (performance: Performance) =>
  renderKey({
    sourceId: 'a'.repeat(64) as SourceId,
    rateHz: 48_000,
    sourceStartSamples: 0,
    durationSamples: 100,
    performance,
    singerDigest: 'd',
    emotionDigest: '',
    engineVersion: 1,
  })

test('a temperature decides the sound, and the one that was always meant keeps every key there is', () => {
  expect(keyOf({ ...plain, temperature: 1 })).toBe(keyOf(plain))
  expect(keyOf({ ...plain, temperature: 0.9 })).not.toBe(keyOf(plain))
})

test('a high band that is kept decides the sound, lifts the limit of who may keep one, and is unheard of everybody else', () => {
  const kept = { ...plain, keepsHighBand: true }
  expect(keyOf({ ...plain, keepsHighBand: false })).toBe(keyOf(plain))
  expect(keyOf(kept)).not.toBe(keyOf(plain))
  const limits = (converter: string) => [plain, kept].map((one) => bandLimitOf({ converter }, one))
  expect(['waveform', 'translation', 'spectral-autoencoder'].map(limits)).toEqual([
    [8000, null],
    [8000, 8000],
    [null, null],
  ])
  const unheard = Object.entries(converters).map(([name, traits]) => [name, unheardOf(kept, traits)])
  expect(Object.fromEntries(unheard)).toEqual({
    waveform: [],
    translation: ['a high band'],
    'spectral-autoencoder': ['a high band'],
  })
  expect(performanceSchema.safeParse(kept).success).toBe(true)
})

test('a performance may name its temperature within bounds, or leave it out', () => {
  const isTaken = (temperature?: number) =>
    performanceSchema.safeParse(temperature === undefined ? plain : { ...plain, temperature }).success
  expect([undefined, 0.1, 1.5, 0, 2, NaN].map(isTaken)).toEqual([true, true, true, false, false, false])
})

test('what a converter makes nothing of is named, and nothing else', () => {
  const asked: Performance = {
    ...plain,
    blend: [{ singerId: 'tom' as SingerId, weight: 0.3, curve: null }],
    emotion: { emotionId: 'sad', intensity: 0.5 },
    formantSemitones: 1,
    strength: 0.4,
    likeness: 1,
    temperature: 0.8,
  }
  const envelopes = ['a blend', 'an emotion', 'formants', 'a strength', 'a likeness']
  expect(unheardOf(asked, converters.waveform)).toEqual(envelopes)
  expect(unheardOf(asked, converters['spectral-autoencoder'])).toEqual(['a temperature'])
  const byVocoder = { ...asked, renderer: 'vocoder:abc' as const }
  expect(unheardOf(byVocoder, converters['spectral-autoencoder'])).toEqual([])
  expect(unheardOf(byVocoder, converters.waveform)).toContain('a renderer')
  for (const traits of Object.values(converters)) expect(unheardOf(plain, traits)).toEqual([])
})

test('a domain that was told no pitch moves none, and one that was told it moves all of it', () => {
  const moved: Performance = {
    ...plain,
    transposition: { kind: 'semitones', semitones: 3 },
    pitchEdits: [{ kind: 'note', startSamples: 0, endSamples: 10, semitones: 1, vibrato: 1, drift: 1 }],
    scaleCorrection: { tonic: 0, scale: 'major', strength: 1 },
  }
  const unheard = (hasPitch: boolean) => unheardOf(moved, traitsOf({ converter: 'translation', hasPitch }))
  expect(unheard(false)).toEqual(['a transposition', 'edited notes', 'a scale'])
  expect(unheard(true)).toEqual([])
  const drawn = { ...plain, curves: { ...plain.curves, transposition: [{ atSamples: 0, value: 1 }] } }
  expect(unheardOf(drawn, traitsOf({ converter: 'translation', hasPitch: false }))).toEqual(['a transposition'])
})

test('a card of before there were two converters is a spectral one’s', () => {
  expect(traitsOf({ converter: 'waveform' }).bandLimitHz).toBe(8000)
  expect(traitsOf({ converter: 'anything' })).toBe(converters['spectral-autoencoder'])
})
