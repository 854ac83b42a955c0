import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { warp } from '../../../../src/shared/evaluation/dynamic-time-warping.ts'
import { BANDS, envelopeClip } from '../../../../src/shared/evaluation/envelope-clip.ts'
import { compareReadings, nearness, varianceRatio } from '../../../../src/shared/evaluation/reading-figures.ts'

/** Smooth random envelopes at 5 ms: a "sound" of 8 frames follows another. */
function randomLogMel(seed: number, soundCount = 20): Float64Array {
  const random = createRandom(seed)
  const sounds = Array.from({ length: soundCount }, () => Array.from({ length: 8 }, () => random.normal()))
  const logMel = new Float64Array(soundCount * 16 * BANDS)
  for (let frame = 0; frame < soundCount * 16; frame++) {
    for (let band = 0; band < BANDS; band++) {
      const sound = sounds[Math.floor(frame / 16)]
      logMel[frame * BANDS + band] =
        -6 + sound.reduce((sum, weight, k) => sum + weight * Math.cos((k * Math.PI * band) / BANDS), 0)
    }
  }
  return logMel
}

test('a sequence warps onto itself along the diagonal', () => {
  const frames = Float32Array.from(randomLogMel(1, 3))
  expect(warp(frames, frames, BANDS).every(([first, second]) => first === second)).toBe(true)
})

test('the warp follows a reading that is sung twice as slowly', () => {
  const values = Array.from({ length: 30 }, (_, index) => Math.sin(index) + index / 5)
  const slow = values.flatMap((value) => [value, value])
  const path = warp(Float32Array.from(values), Float32Array.from(slow), 1)
  for (const [first, second] of path) expect(Math.abs(second / 2 - first)).toBeLessThanOrEqual(1)
  expect(path.at(-1)).toEqual([29, 59])
})

test('no equalizer moves the likeness of two readings', () => {
  const original = randomLogMel(1)
  const other = envelopeClip(randomLogMel(1).map((value, index) => value + 0.4 * Math.sin(index)))
  const before = compareReadings(envelopeClip(original), other)
  fc.assert(
    fc.property(fc.float({ min: -2, max: 2, noNaN: true }), (tilt) => {
      const equalized = envelopeClip(original.map((value, index) => value + (tilt * (index % BANDS)) / BANDS))
      // Which frames are active may change a little at the edge; nothing else can.
      expect(compareReadings(equalized, other).correlation).toBeCloseTo(before.correlation, 2)
    }),
    { numRuns: 10 },
  )
})

test('a clip is its own nearest reading, other words are farther', () => {
  const clip = envelopeClip(randomLogMel(1))
  const own = compareReadings(clip, clip)
  const others = [2, 3, 4].map((seed) => compareReadings(clip, envelopeClip(randomLogMel(seed))))
  expect(own.correlation).toBeCloseTo(1, 6)
  expect(own.distanceDb).toBe(0)
  expect(nearness(own, others).vote).toBe(1)
  expect(nearness(own, others).marginDb).toBeGreaterThan(1)
})

test('halving the movement of the envelope quarters its variance ratio', () => {
  const logMel = randomLogMel(5)
  const clip = envelopeClip(logMel)
  const flat = envelopeClip(logMel.map((value) => -6 + (value + 6) / 2))
  expect(varianceRatio(clip, [clip])).toBeCloseTo(1, 9)
  expect(varianceRatio(flat, [clip])).toBeGreaterThan(0.2)
  expect(varianceRatio(flat, [clip])).toBeLessThan(0.35)
})
