import { expect, test } from 'vitest'
import type { SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import { converters, unheardOf } from '../../../../src/shared/project/converters.ts'
import { performanceSchema } from '../../../../src/shared/project/performance-schema.ts'
import { defaultPerformance, type Performance } from '../../../../src/shared/project/performance.ts'
import { renderKey } from '../../../../src/shared/project/render-key.ts'
import { rendererIds } from '../../../../src/shared/project/renderers.ts'

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

test('the renderer decides the sound, and what was filtered before there was another keeps its key', () => {
  // Computed before there was a choice of renderers.
  expect(keyOf(plain)).toBe('39021b0a19e6a9515c178dbc0d9208b126e7cd4ecb86e3ecd0e4564389ee61fc')
  expect(keyOf({ ...plain, renderer: 'world' })).not.toBe(keyOf(plain))
})

test('a performance names a renderer that there is; another is refused with the names of all', () => {
  for (const renderer of rendererIds) expect(performanceSchema.safeParse({ ...plain, renderer }).success).toBe(true)
  const { error } = performanceSchema.safeParse({ ...plain, renderer: 'tape' })
  expect(error?.issues.map(({ message }) => message)).toEqual(['there is no renderer "tape"; there are filter, world'])
})

test('a singer who is sung sample by sample has no renderer to choose', () => {
  expect(unheardOf({ ...plain, renderer: 'world' }, converters.waveform)).toEqual(['a renderer'])
  expect(unheardOf({ ...plain, renderer: 'world' }, converters['spectral-autoencoder'])).toEqual([])
})
