import { expect, test } from 'vitest'
import type { RenderKey } from '../../../../src/shared/base/id.ts'
import { changePerformance, setRender, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import {
  changeRegions,
  moveRegions,
  trimRegionEnd,
  trimRegionStart,
} from '../../../../src/shared/project/edits/regions.ts'
import type { Project, Region } from '../../../../src/shared/project/model.ts'
import type { Performance } from '../../../../src/shared/project/performance.ts'
import { isStale } from '../../../../src/shared/project/queries.ts'
import { renderKey } from '../../../../src/shared/project/render-key.ts'
import { countingIds, jonas, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const sungId = countingIds()()
const digest = 'd1'

function convertedSong(): Project {
  const song = singRegions(smallSong(), [verse], singerTrack, mira, countingIds())
  const region = song.regions[sungId]
  if (!region.performance) throw new Error('a sung region has a performance')
  return setRender(song, sungId, {
    key: 'f'.repeat(64) as RenderKey,
    sourceStartSamples: region.sourceStartSamples,
    durationSamples: region.durationSamples,
    performance: region.performance,
    singerDigest: digest,
    semitones: 0,
  })
}
const stale = (song: Project) => isStale(song.regions[sungId], digest)
const perform = (change: (performance: Performance) => Performance) =>
  changePerformance(convertedSong(), [sungId], change)

test('moving, muting, fading and trimming inside never make a render out of date', () => {
  const song = convertedSong()
  expect(stale(moveRegions(song, [sungId], 4800))).toBe(false)
  expect(stale(changeRegions(song, [sungId], { isMuted: true, fadeInSamples: 480, gainDb: -3 }))).toBe(false)
  expect(stale(trimRegionStart(trimRegionEnd(song, sungId, -5000), sungId, 5000))).toBe(false)
})

test('another singer, emotion, pitch, strength or checkpoint makes it out of date', () => {
  expect(stale(perform((given) => ({ ...given, singerId: jonas })))).toBe(true)
  expect(stale(perform((given) => ({ ...given, emotion: { emotionId: 'sad', intensity: 0.6 } })))).toBe(true)
  expect(stale(perform((given) => ({ ...given, transposition: { kind: 'semitones', semitones: 2 } })))).toBe(true)
  expect(stale(perform((given) => ({ ...given, strength: 0.4 })))).toBe(true)
  expect(isStale(convertedSong().regions[sungId], 'another checkpoint')).toBe(true)
})

test('an emotion at intensity 0 asks for nothing, so nothing is out of date', () => {
  expect(stale(perform((given) => ({ ...given, emotion: { emotionId: 'angry', intensity: 0 } })))).toBe(false)
})

test('a region that grew beyond its render is out of date', () => {
  expect(stale(trimRegionEnd(convertedSong(), sungId, 4800))).toBe(true)
})

const keyOf = (region: Region, performance: Performance, emotionDigest = 'e1') =>
  renderKey({
    sourceId: region.sourceId,
    rateHz: 48_000,
    sourceStartSamples: region.sourceStartSamples,
    durationSamples: region.durationSamples,
    performance,
    singerDigest: digest,
    emotionDigest,
    engineVersion: 1,
  })

test('the render key changes with everything that decides the sound, and with nothing else', () => {
  const region = convertedSong().regions[sungId]
  const { performance } = region
  if (!performance) throw new Error('a sung region has a performance')
  const neutral = keyOf(region, performance)
  expect(keyOf({ ...region, startSamples: 99, gainDb: -6, name: 'x' }, performance)).toBe(neutral)
  expect(keyOf(region, performance, 'e2')).toBe(neutral)
  expect(keyOf(region, { ...performance, emotion: { emotionId: 'sad', intensity: 0 } })).toBe(neutral)
  const variants = [
    keyOf({ ...region, sourceStartSamples: 1 }, performance),
    keyOf({ ...region, durationSamples: region.durationSamples - 1 }, performance),
    keyOf(region, { ...performance, seed: 2 }),
    keyOf(region, { ...performance, strength: 0.5 }),
    keyOf(region, { ...performance, emotion: { emotionId: 'sad', intensity: 0.6 } }),
    keyOf(region, { ...performance, emotion: { emotionId: 'sad', intensity: 0.6 } }, 'e2'),
    keyOf(region, { ...performance, transposition: { kind: 'semitones', semitones: 0 } }),
  ]
  expect(new Set([neutral, ...variants]).size).toBe(8)
})

test('every drawn curve, blend and edited note makes a render out of date', () => {
  const curve = [{ atSamples: 0, value: 0.5 }]
  const changes: readonly Partial<Performance>[] = [
    { blend: [{ singerId: jonas, weight: 0.5, curve: null }] },
    { formantSemitones: 1 },
    { likeness: 0.5 },
    { curves: { intensity: null, transposition: curve, formant: null } },
    { pitchEdits: [{ kind: 'note', startSamples: 0, endSamples: 9, semitones: 1, vibrato: 1, drift: 1 }] },
    { scaleCorrection: { tonic: 0, scale: 'major', strength: 1 } },
  ]
  for (const change of changes) expect(stale(perform((given) => ({ ...given, ...change })))).toBe(true)
})

test('what is not heard makes no render out of date: a silent part of a blend, a curve of no emotion', () => {
  const intensity = [{ atSamples: 0, value: 0.5 }]
  const changes: readonly Partial<Performance>[] = [
    { blend: [{ singerId: jonas, weight: 0, curve: null }] },
    { curves: { intensity, transposition: null, formant: null } },
    { delivery: 'spoken' },
  ]
  for (const change of changes) expect(stale(perform((given) => ({ ...given, ...change })))).toBe(false)
})
