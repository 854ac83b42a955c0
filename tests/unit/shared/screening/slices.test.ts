import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCREENED_BANDS, type BandFrames } from '../../../../src/shared/screening/band-frames.ts'
import { cutSlices } from '../../../../src/shared/screening/slices.ts'

/** Frames of 10 ms that sound or do not. */
function framesOf(parts: readonly (readonly [sec: number, isLoud: boolean])[]): BandFrames {
  const levels = parts.flatMap(([sec, isLoud]) => new Array<number>(Math.round(100 * sec)).fill(isLoud ? -4 : -25))
  const logPower = new Float32Array(levels.length * SCREENED_BANDS)
  levels.forEach((level, frame) => logPower.fill(level, frame * SCREENED_BANDS, (frame + 1) * SCREENED_BANDS))
  return { frameCount: levels.length, logPower }
}
const length = (slices: readonly { startSec: number; endSec: number }[]) =>
  slices.reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0)

test('long pauses are left out, with a breath of them at both ends', () => {
  const slices = cutSlices(
    framesOf([
      [2, false],
      [5, true],
      [3, false],
      [4, true],
      [1, false],
    ]),
  )
  expect(slices).toEqual([
    { startSec: 1.85, endSec: 7.15 },
    { startSec: 9.85, endSec: 14.15 },
  ])
})

test('phrases with short rests between them stay together', () => {
  expect(
    cutSlices(
      framesOf([
        [3, true],
        [0.5, false],
        [3, true],
      ]),
    ),
  ).toHaveLength(1)
})

test('what goes on too long is cut at its quietest place', () => {
  const frames = framesOf([[30, true]])
  frames.logPower.fill(-6, 1000 * SCREENED_BANDS, 1010 * SCREENED_BANDS)
  const slices = cutSlices(frames)
  expect(slices[0].endSec).toBeCloseTo(10.05, 1)
  expect(slices.every(({ startSec, endSec }) => endSec - startSec <= 15.3)).toBe(true)
  expect(length(slices)).toBeCloseTo(30, 1)
})

test('a click is no slice, and silence has none', () => {
  expect(
    cutSlices(
      framesOf([
        [3, true],
        [2, false],
        [0.05, true],
        [2, false],
      ]),
    ),
  ).toHaveLength(1)
  expect(cutSlices(framesOf([]))).toEqual([])
})

test('slices are in order, apart, inside the clip and hold all that sounds for long', () => {
  const part = fc.tuple(fc.double({ min: 0.4, max: 20, noNaN: true }), fc.boolean())
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      fc.pre(parts.some(([, isLoud]) => isLoud))
      const frames = framesOf(parts)
      const slices = cutSlices(frames)
      slices.forEach(({ startSec, endSec }, index) => {
        expect(startSec).toBeGreaterThanOrEqual(index === 0 ? 0 : slices[index - 1].endSec)
        expect(endSec).toBeGreaterThan(startSec)
        expect(endSec).toBeLessThanOrEqual(frames.frameCount / 100)
      })
      for (let frame = 0; frame < frames.frameCount; frame++) {
        if (frames.logPower[frame * SCREENED_BANDS] < -10) continue
        expect(slices.some(({ startSec, endSec }) => frame >= 100 * startSec - 1 && frame <= 100 * endSec)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
