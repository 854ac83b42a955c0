import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { pitchHaloSec, trackPitch, windowStepFrames } from '../../../../src/shared/pitch/index.ts'
import { degrade } from '../../../../src/shared/pitch/evaluation/degradations.ts'
import { sungCases } from '../../../support/sung-pitch.ts'

const fs = 16_000
const framesPerSec = 200
const cents = (a: number, b: number) => Math.abs(1200 * Math.log2(a / b))

/** A voice-like sound of the given pitch and level at every moment. */
function voice(seconds: number, hzAt: (sec: number) => number, gainAt: (sec: number) => number = () => 0.1) {
  let phase = 0
  return Float64Array.from({ length: seconds * fs }, (_, i) => {
    const sec = i / fs
    phase += hzAt(sec) / fs
    let sum = 0
    for (let h = 1; h <= 12 && h * hzAt(sec) < 5000; h++) sum += Math.cos(2 * Math.PI * h * phase) / h
    return gainAt(sec) * sum
  })
}

/** Frames between where a step was sung and where the contour crosses the middle of it. */
function crossingError(low: number, semitones: number, at: number): number {
  const high = low * 2 ** (semitones / 12)
  const { f0Hz } = trackPitch(
    voice(0.8, (sec) => (sec < at / framesPerSec ? low : high)),
    fs,
  )
  const middle = Math.sqrt(low * high)
  const crossing = f0Hz.findIndex((hz, i) => i > 20 && hz > 0 && (semitones > 0 ? hz > middle : hz < middle))
  return Math.abs(crossing - at)
}
const steps = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).chain((size) => fc.constantFrom(size, -size))
const lowNote = fc.double({ min: 170, max: 480, noNaN: true })
const frame = fc.integer({ min: 60, max: 100 })

test('a step between two notes is heard within one frame of where it was sung', () => {
  fc.assert(
    fc.property(steps(1, 11), lowNote, frame, (step, low, at) => {
      expect(crossingError(low, step, at)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 30 },
  )
})

test('a leap of an octave or more, whose notes share their periods, within three frames', () => {
  fc.assert(
    fc.property(steps(12, 14), lowNote, fc.integer({ min: 60, max: 80 }), (step, low, at) => {
      expect(crossingError(low, step, at)).toBeLessThanOrEqual(3)
    }),
    { numRuns: 15 },
  )
})

test('a part of a long sound with its halo gives what the whole gives', () => {
  const [first, second] = sungCases(8, 2)
  const whole = new Float64Array(first.x.length + second.x.length)
  whole.set(first.x)
  whole.set(second.x, first.x.length)
  const halo = pitchHaloSec * framesPerSec
  const expected = trackPitch(whole, fs)
  const random = createRandom(3)
  for (let run = 0; run < 4; run++) {
    const start = halo + random.integer(600)
    const end = start + 400 + random.integer(800)
    const samples = fs / framesPerSec
    const part = trackPitch(whole.slice((start - halo) * samples, (end + halo) * samples), fs)
    for (let i = 0; i < end - start; i++) {
      // Refinement places its window at seconds, which are rounded differently.
      expect(part.f0Hz[halo + i]).toBeCloseTo(expected.f0Hz[start + i], 9)
      expect(part.confidence[halo + i]).toBeCloseTo(expected.confidence[start + i], 9)
    }
  }
})

test('windows may begin at every frame at 16 and 48 kHz, and where samples fall on frames at 44.1 kHz', () => {
  expect(windowStepFrames(16_000)).toBe(1)
  expect(windowStepFrames(48_000)).toBe(1)
  expect(windowStepFrames(44_100)).toBe(8)
  for (const rate of [16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])
    expect(Number.isInteger((windowStepFrames(rate) * rate) / framesPerSec)).toBe(true)
})

describe('voicing', () => {
  test('a phrase thirty decibels softer than its neighbors is still a voice', () => {
    const gainAt = (sec: number) => 0.1 * 10 ** ((-30 / 20) * (0.5 - 0.5 * Math.cos((2 * Math.PI * sec) / 3)))
    const { f0Hz } = trackPitch(
      voice(6, () => 196, gainAt),
      fs,
    )
    expect(f0Hz.slice(10, -10).filter((hz) => hz > 0).length).toBeGreaterThan(0.97 * (f0Hz.length - 20))
  })

  test('noise of any seed is silent', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const random = createRandom(seed)
        const { f0Hz } = trackPitch(
          Float64Array.from({ length: fs }, () => 0.1 * random.normal()),
          fs,
        )
        expect(f0Hz.filter((hz) => hz > 0).length).toBeLessThan(0.03 * f0Hz.length)
      }),
      { numRuns: 15 },
    )
  })

  test('a gain changes neither pitch nor voicing', () => {
    const [{ x }] = sungCases(4, 1)
    const expected = trackPitch(x, fs).f0Hz
    for (const gain of [0.01, 0.5, 30])
      trackPitch(
        x.map((value) => gain * value),
        fs,
      ).f0Hz.forEach((hz, i) => expect(hz).toBeCloseTo(expected[i], 6))
  })
})

describe('octaves', () => {
  const loudHarmonic = (hz: number, loud: number) =>
    Float64Array.from({ length: fs }, (_, i) => {
      let sum = 0
      for (let h = 1; h <= 10; h++) sum += (h === loud ? 1 : 0.2) * Math.cos((2 * Math.PI * h * hz * i) / fs + h)
      return 0.1 * sum
    })
  test.each([2, 3, 4])('harmonic %i fourteen decibels above the others does not become the pitch', (loud) => {
    for (const hz of [90, 130, 210, 330]) {
      const { f0Hz } = trackPitch(loudHarmonic(hz, loud), fs)
      for (const found of f0Hz.slice(20, -20)) expect(cents(found, hz)).toBeLessThan(30)
    }
  })

  test.each([150, 220, 330, 440])(
    'a legato leap from %i Hz to its octave and back, a quarter second up, is followed',
    (low) => {
      const isUp = (sec: number) => sec >= 0.5 && sec < 0.75
      const { f0Hz } = trackPitch(
        voice(1.25, (sec) => (isUp(sec) ? 2 * low : low)),
        fs,
      )
      for (const frame of [50, 110, 120, 125, 130, 140, 200])
        expect(cents(f0Hz[frame], isUp(frame / framesPerSec) ? 2 * low : low)).toBeLessThan(20)
    },
  )

  test('ten decibels of pink noise keep a bass, a tenor and a soprano in their octaves', () => {
    for (const hz of [82, 165, 700]) {
      const { f0Hz } = trackPitch(
        degrade(
          voice(1.5, () => hz),
          fs,
          'pink',
          10,
          2,
        ),
        fs,
      )
      const wrong = f0Hz.filter((found) => found > 0 && cents(found, hz) > 50).length
      expect(wrong).toBeLessThan(0.05 * f0Hz.length)
    }
  })
})
