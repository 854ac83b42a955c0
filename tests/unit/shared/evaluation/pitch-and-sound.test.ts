import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { comparePitch } from '../../../../src/shared/conversion/pitch-figures.ts'
import { clickRatio, clippedSampleCount, loudnessErrorDb } from '../../../../src/shared/evaluation/sound-figures.ts'

const track = Float64Array.from({ length: 200 }, (_, frame) => (frame % 50 < 30 ? 200 + frame : 0))

test('a track moved by semitones has no error after transposition', () => {
  fc.assert(
    fc.property(fc.integer({ min: -24, max: 24 }), (semitones) => {
      const moved = track.map((hz) => hz * 2 ** (semitones / 12))
      const figures = comparePitch(moved, track, semitones)
      expect(figures.medianCents).toBeCloseTo(0, 6)
      expect(figures.grossShare).toBe(0)
      expect(figures.strayShare).toBe(0)
      expect(figures.voicingDisagreement).toBe(0)
    }),
  )
})

test('octave slips are gross, lost voicing is disagreement, and edges do not touch the interior', () => {
  const slipped = track.map((hz, frame) => (frame < 30 && frame >= 27 ? hz * 2 : frame >= 150 ? 0 : hz))
  const figures = comparePitch(slipped, track, 0)
  expect(figures.grossShare).toBeCloseTo(3 / 90)
  expect(figures.voicingDisagreement).toBeCloseTo(30 / 200)
  expect(figures.interiorMedianCents).toBe(0)
})

test('a frame that is off by more than a quarter tone strays, and is a gross error only from a fifth of its pitch on', () => {
  const bent = track.map((hz, frame) => (frame < 20 ? hz * 1.1 : frame < 30 ? hz * 1.3 : hz))
  const { strayShare, grossShare } = comparePitch(bent, track, 0)
  const voiced = (from: number, to: number) => track.slice(from, to).filter((hz) => hz > 0).length
  expect(strayShare).toBeCloseTo(voiced(0, 30) / voiced(0, track.length))
  expect(grossShare).toBeCloseTo(voiced(20, 30) / voiced(0, track.length))
})

test('nothing voiced has no pitch error', () => {
  expect(comparePitch(new Float64Array(10), new Float64Array(10), 0).medianCents).toBeNull()
})

const noise = (seed: number) => {
  const random = createRandom(seed)
  return Float32Array.from({ length: 48_000 }, (_, index) => 0.2 * Math.sin(index / 20) + 0.01 * random.normal())
}

test('one gain for the whole is no loudness error; pumping is', () => {
  const sound = noise(1)
  expect(
    loudnessErrorDb(
      sound.map((value) => 0.3 * value),
      sound,
      24_000,
    ),
  ).toBeCloseTo(0, 3)
  const pumped = sound.map((value, index) => value * (index % 9600 < 4800 ? 1 : 0.5))
  expect(loudnessErrorDb(pumped, sound, 24_000)).toBeGreaterThan(2)
  expect(loudnessErrorDb(new Float32Array(10), new Float32Array(10), 24_000)).toBeNull()
})

test('a sound clicks as much as itself, and more once something jumps in it', () => {
  const sound = noise(2)
  const clicked = sound.map((value, index) => (index % 2400 === 1200 ? value + 0.5 : value))
  expect(clickRatio(sound, sound)).toBe(1)
  expect(clickRatio(clicked, sound)).toBeGreaterThan(2)
})

test('samples at full scale are counted', () => {
  expect(clippedSampleCount(Float32Array.of(0, 1, -1, 0.998, 0.5))).toBe(2)
})
