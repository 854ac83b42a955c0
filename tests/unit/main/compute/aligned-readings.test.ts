import { expect, test } from 'vitest'
import { withReadings, type ReadWords } from '../../../../src/main/compute/training/aligned-readings.ts'
import { createClip } from '../../../support/training-clips.ts'

const BANDS = 64
/** Peaks that travel through the bands, slower or faster, with silence around. */
function sing(frames: number, silence: number): Float32Array {
  const lm = new Float32Array((frames + 2 * silence) * BANDS).fill(-20)
  for (let frame = 0; frame < frames; frame++)
    for (let band = 0; band < BANDS; band++) {
      const peak = 8 + (40 * frame) / frames
      lm[(silence + frame) * BANDS + band] =
        3 * Math.exp(-(((band - peak) / 6) ** 2)) + Math.sin((frame / frames) * 9 + band / 3)
    }
  return lm
}
const words = (singerIndex: number, text: string | null, lm = sing(200, 40), manner = ''): ReadWords => ({
  singerIndex,
  text,
  manner,
  lm,
})
const clipsOf = (all: readonly ReadWords[]) =>
  all.map(({ lm, singerIndex }) => createClip(1, lm.length / BANDS / 2, 220, singerIndex))

test('the same words by others are found, never one’s own and never other words', () => {
  const all = [words(0, 'a'), words(0, 'a'), words(1, 'a'), words(1, 'b'), words(2, null), words(2, 'a')]
  const read = withReadings(clipsOf(all), all)
  expect(read.map(({ readings = [] }) => readings.map(({ clipIndex }) => clipIndex).sort())).toEqual([
    [2, 5],
    [2, 5],
    [0, 1, 5],
    [],
    [],
    [0, 1, 2],
  ])
})

test('frames that belong together are the same place of the words, whoever is faster; silence lies in proportion', () => {
  const all = [words(0, 'a', sing(200, 40)), words(1, 'a', sing(320, 60))]
  const [{ readings = [] }] = withReadings(clipsOf(all), all)
  const [{ frames }] = readings
  expect(frames.length).toBe(140)
  expect(Array.from(frames)).toEqual([...frames].sort((a, b) => a - b))
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    const own = Math.round(20 + 100 * share)
    expect(Math.abs(frames[own] - (30 + 160 * share))).toBeLessThan(10)
  }
})

test('an equal manner comes first, and nobody fills the list alone', () => {
  const all = [
    words(0, 'a', sing(60, 4), 'sad'),
    words(1, 'a', sing(60, 4), 'glad'),
    words(1, 'a', sing(60, 4), 'sad'),
    words(1, 'a', sing(60, 4), 'mad'),
  ]
  const [{ readings = [] }] = withReadings(clipsOf(all), all)
  expect(readings.map(({ clipIndex }) => clipIndex)).toEqual([2, 1])
})
