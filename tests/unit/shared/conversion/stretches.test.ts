import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { markedStretches } from '../../../../src/shared/conversion/stretches.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'

const RATE_HZ = 11_025
const sound = Float32Array.from({ length: 30 * RATE_HZ }, (_, index) => Math.sin(index / 9))
const span = planSpan(sourceOf([sound], RATE_HZ), 0, sound.length)
const { windows } = surveySpan(span, silentProgress)

const markedAt = (frames: readonly number[]): Uint8Array => {
  const marked = new Uint8Array(span.frameCount)
  for (const frame of frames) marked[frame] = 1
  return marked
}
const someFrames = fc.uniqueArray(fc.nat(span.frameCount - 1), { maxLength: 12 })

test('every frame near a marked one lies in one stretch, and no frame in two', () => {
  fc.assert(
    fc.property(someFrames, (frames) => {
      const owners = new Uint8Array(span.frameCount)
      for (const { startFrame, endFrame } of markedStretches(span, windows, markedAt(frames)))
        for (let frame = startFrame; frame < endFrame; frame++) owners[frame]++
      expect(Math.max(...owners)).toBeLessThanOrEqual(1)
      for (const frame of frames)
        expect(owners.subarray(Math.max(0, frame - 20), frame + 21).every((count) => count === 1)).toBe(true)
    }),
  )
})

test('a stretch reads whole cells of its own window, with sound around what it owns', () => {
  fc.assert(
    fc.property(someFrames, (frames) => {
      for (const stretch of markedStretches(span, windows, markedAt(frames))) {
        const window = windows[stretch.index]
        expect(stretch.firstSamples % span.cellSamples).toBe(0)
        expect(stretch.firstFrame * RATE_HZ).toBe(stretch.firstSamples * 200)
        expect(stretch.firstFrame).toBeLessThanOrEqual(Math.max(window.firstFrame, stretch.startFrame - 80))
        expect(stretch.lastFrame).toBeGreaterThanOrEqual(Math.min(window.lastFrame, stretch.endFrame + 80))
        expect(stretch.lastSamples).toBeLessThanOrEqual(window.lastSamples)
      }
    }),
  )
})

test('nothing is searched where no frame is marked', () => {
  expect(markedStretches(span, windows, markedAt([]))).toEqual([])
})
