import { expect, test } from 'vitest'
import type { SingerId, SourceId, VocoderId } from '../../../../src/shared/base/id.ts'
import { bandLimitOf, converters, unheardOf } from '../../../../src/shared/project/converters.ts'
import { performanceSchema } from '../../../../src/shared/project/performance-schema.ts'
import { defaultPerformance, type Performance } from '../../../../src/shared/project/performance.ts'
import { renderKey } from '../../../../src/shared/project/render-key.ts'
import { rendererIds, vocoderRenderer } from '../../../../src/shared/project/renderers.ts'

const plain = defaultPerformance('mira' as SingerId)
const keyOf = (performance: Performance, vocoderDigest?: string) =>
  renderKey({
    sourceId: 'a'.repeat(64) as SourceId,
    rateHz: 48_000,
    sourceStartSamples: 0,
    durationSamples: 100,
    performance,
    singerDigest: 'd',
    emotionDigest: '',
    engineVersion: 1,
    vocoderDigest,
  })

test('the renderer decides the sound, and what was filtered before there was another keeps its key', () => {
  // Computed before there was a choice of renderers.
  expect(keyOf(plain)).toBe('39021b0a19e6a9515c178dbc0d9208b126e7cd4ecb86e3ecd0e4564389ee61fc')
  expect(keyOf({ ...plain, renderer: 'world' })).not.toBe(keyOf(plain))
  const own = { ...plain, renderer: vocoderRenderer('own' as VocoderId) }
  expect(keyOf(own, 'weights')).not.toBe(keyOf(own, 'others'))
})

test('a performance names a renderer that there is; another is refused with the names of all', () => {
  for (const renderer of [...rendererIds, vocoderRenderer('own' as VocoderId)])
    expect(performanceSchema.safeParse({ ...plain, renderer }).success).toBe(true)
  const { error } = performanceSchema.safeParse({ ...plain, renderer: 'tape' })
  expect(error?.issues.map(({ message }) => message)).toEqual([
    'there is no renderer "tape"; there are filter, world and vocoders of one\'s own',
  ])
})

test('a singer who is sung sample by sample has no renderer to choose', () => {
  expect(unheardOf({ ...plain, renderer: 'world' }, converters.waveform)).toEqual(['a renderer'])
  expect(unheardOf({ ...plain, renderer: 'world' }, converters['spectral-autoencoder'])).toEqual([])
})

test('a sound ends where its renderer does, or where its singer’s own samples do', () => {
  const own = { ...plain, renderer: vocoderRenderer('own' as VocoderId) }
  expect([plain, own].map((one) => bandLimitOf({ converter: 'spectral-autoencoder' }, one))).toEqual([null, 8000])
  expect([plain, own].map((one) => bandLimitOf({ converter: 'waveform' }, one))).toEqual([8000, 8000])
})
