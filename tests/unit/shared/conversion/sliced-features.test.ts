import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClipFeatures } from '../../../../src/shared/conversion/clip-features.ts'
import { sliceFeatures } from '../../../../src/shared/conversion/sliced-features.ts'

const BANDS = 64
const features = (frameCount: number): ClipFeatures => ({
  lm: Float32Array.from({ length: frameCount * BANDS }, (_, index) => Math.floor(index / BANDS)),
  f0: Float32Array.from({ length: frameCount }, (_, frame) => frame),
  harmonicsToNoise: { harmonicPower: new Float64Array(0), noisePower: new Float64Array(0) },
  isNarrow: false,
  peak: 0.5,
})

test('frames of the slices follow each other, those between are gone', () => {
  const { f0, lm, peak } = sliceFeatures(features(1000), [
    { startSec: 0.5, endSec: 0.52 },
    { startSec: 2, endSec: 2.01 },
  ])
  expect([...f0]).toEqual([100, 101, 102, 103, 400, 401])
  expect([lm[0], lm[4 * BANDS], lm.length, peak]).toEqual([100, 400, 6 * BANDS, 0.5])
})

test('every slice begins on an even frame and stays inside, whatever is asked for', () => {
  const span = fc.tuple(fc.double({ min: 0, max: 7, noNaN: true }), fc.double({ min: 0, max: 7, noNaN: true }))
  fc.assert(
    fc.property(span, ([startSec, endSec]) => {
      const { f0, lm } = sliceFeatures(features(1000), [{ startSec, endSec }])
      expect(lm.length).toBe(f0.length * BANDS)
      expect(f0.length % 2).toBe(0)
      if (f0.length > 0) expect(f0[0] % 2).toBe(0)
    }),
  )
})
