import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { Span } from '../../../../src/shared/training/clip.ts'
import { createCropSampler, CROP_FRAMES, heldOutCrops } from '../../../../src/shared/training/crops.ts'
import { splitEachSinger, splitPhrases } from '../../../../src/shared/training/phrases.ts'
import { createOutline } from '../../../support/training-clips.ts'

const clipFrames = fc.array(fc.integer({ min: 30, max: 2500 }), { minLength: 1, maxLength: 6 })
const pauses = fc.integer({ min: 90, max: 700 })

function marked(spans: readonly Span[], counts: readonly number[]): Uint8Array[] {
  const marks = counts.map((count) => new Uint8Array(count))
  for (const { clipIndex, startFrame, frameCount } of spans) {
    for (let frame = startFrame; frame < startFrame + frameCount; frame++) marks[clipIndex][frame]++
  }
  return marks
}

test('every frame is either held out or trained on, never both, and neither part is empty', () => {
  fc.assert(
    fc.property(clipFrames, pauses, fc.nat(99), (counts, pauseEvery, seed) => {
      const clips = counts.map((count) => createOutline(count, pauseEvery))
      const { heldOut, training } = splitPhrases(clips, createRandom(seed))
      expect(heldOut.length).toBeGreaterThan(0)
      expect(training.length).toBeGreaterThan(0)
      for (const marks of marked([...heldOut, ...training], counts))
        expect(marks.every((mark) => mark === 1)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('no crop that is drawn touches a held-out frame, and every crop lies inside its clip', () => {
  fc.assert(
    fc.property(clipFrames, pauses, fc.nat(99), (counts, pauseEvery, seed) => {
      const clips = counts.map((count) => createOutline(count, pauseEvery))
      const random = createRandom(seed)
      const { heldOut, training } = splitPhrases(clips, random)
      const forbidden = marked(heldOut, counts)
      const sampler = createCropSampler(clips, training)
      for (let draw = 0; draw < 50; draw++) {
        const { clipIndex, startFrame, frameCount } = sampler.draw(random)
        expect(startFrame + frameCount).toBeLessThanOrEqual(counts[clipIndex])
        expect(forbidden[clipIndex].subarray(startFrame, startFrame + frameCount).some(Boolean)).toBe(false)
      }
      for (const crop of heldOutCrops(heldOut)) {
        const own = forbidden[crop.clipIndex].subarray(crop.startFrame, crop.startFrame + crop.frameCount)
        expect(own.every(Boolean)).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})

test('about a twelfth of two minutes is held out, in whole phrases', () => {
  const clips = Array.from({ length: 8 }, () => createOutline(1500, 220))
  const { heldOut } = splitPhrases(clips, createRandom(4))
  const share = heldOut.reduce((sum, { frameCount }) => sum + frameCount, 0) / (8 * 1500)
  expect(share).toBeGreaterThanOrEqual(0.08)
  expect(share).toBeLessThan(0.14)
})

test('a singer with four times the clips is drawn twice as often', () => {
  const clips = [createOutline(4000, 220, 0), createOutline(1000, 220, 1)]
  const spans = clips.map((clip, clipIndex) => ({ clipIndex, startFrame: 0, frameCount: clip.pitch.length }))
  const sampler = createCropSampler(clips, spans)
  const random = createRandom(8)
  let first = 0
  for (let draw = 0; draw < 6000; draw++) if (sampler.draw(random).clipIndex === 0) first++
  expect(first / 6000).toBeCloseTo(2 / 3, 1)
})

test('a long held-out song is judged by a bounded number of crops, spread over it', () => {
  const crops = heldOutCrops([{ clipIndex: 0, startFrame: 0, frameCount: 200 * CROP_FRAMES }])
  expect(crops.length).toBe(24)
  expect(crops[23].startFrame).toBeGreaterThan(180 * CROP_FRAMES)
})

test('what is held out of a singer is the same, learned alone or with others', () => {
  fc.assert(
    fc.property(clipFrames, clipFrames, pauses, fc.nat(99), (own, others, pauseEvery, seed) => {
      const clipsOf = (counts: readonly number[], singer: number) =>
        counts.map((count) => createOutline(count, pauseEvery, singer))
      const together = splitEachSinger([...clipsOf(others, 0), ...clipsOf(own, 1)], () => createRandom(seed))
      const alone = splitPhrases(clipsOf(own, 0), createRandom(seed))
      for (const part of ['heldOut', 'training'] as const) {
        const placed = alone[part].map((span) => ({ ...span, clipIndex: span.clipIndex + others.length }))
        expect(together[part].filter(({ clipIndex }) => clipIndex >= others.length)).toEqual(placed)
      }
    }),
    { numRuns: 40 },
  )
})
