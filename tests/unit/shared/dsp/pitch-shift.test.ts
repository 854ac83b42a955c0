import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shiftSpan } from '../../../../src/shared/dsp/pitch-shift.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { hzToCents, semitonesToRatio } from '../../../../src/shared/units/pitch.ts'

const spans = fc
  .record({
    length: fc.integer({ min: 1, max: 3000 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    semitones: fc.double({ min: -2, max: 2, noNaN: true }),
    rateHz: fc.constantFrom(8000, 16_000),
    seed: fc.nat(),
  })
  .map(({ length, from, share, seed, ...rest }) => {
    const lengthSamples = Math.floor(share * length)
    const random = createRandom(seed)
    return {
      ...rest,
      samples: Float32Array.from({ length }, () => 2 * random.uniform() - 1),
      startSamples: Math.floor(from * (length - lengthSamples)),
      lengthSamples,
    }
  })

test('everything outside of the span is bit-identical, the length stays, and the given sound is left alone', () => {
  fc.assert(
    fc.property(spans, ({ samples, rateHz, ...span }) => {
      const before = samples.slice()
      const shifted = shiftSpan(samples, span, rateHz)
      expect(samples).toEqual(before)
      expect(shifted.length).toBe(before.length)
      const end = span.startSamples + span.lengthSamples
      expect(shifted.subarray(0, span.startSamples)).toEqual(before.subarray(0, span.startSamples))
      expect(shifted.subarray(end)).toEqual(before.subarray(end))
      expect(shifted.every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

const RATE_HZ = 16_000
const tone = (hz: number) =>
  Float32Array.from({ length: RATE_HZ }, (_, i) =>
    [1, 2, 3].reduce((sum, n) => sum + (0.3 / n) * Math.sin((2 * Math.PI * n * hz * i) / RATE_HZ), 0),
  )

/** The period whose later copy looks most like the stretch itself, to a fraction of a sample. */
function periodOf(samples: Float32Array, from: number, to: number, around: number): number {
  const likeness = (lag: number) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += samples[i] * samples[i + lag]
    return sum
  }
  const lags = Array.from({ length: 9 }, (_, i) => Math.round(around) - 4 + i)
  const best = lags.reduce((best, lag) => (likeness(lag) > likeness(best) ? lag : best))
  const [a, b, c] = [best - 1, best, best + 1].map(likeness)
  return best + (0.5 * (a - c)) / (a - 2 * b + c)
}

test.each([110, 261.6, 523.3])(
  'within the span a tone of %s Hz moves by what was asked for, as loud as before',
  (hz) => {
    const samples = tone(hz)
    const powerOf = (sound: Float32Array) => sound.subarray(5000, 11_000).reduce((sum, value) => sum + value * value, 0)
    for (const semitones of [-0.5, -0.2, 0.3, 0.5]) {
      const shifted = shiftSpan(samples, { startSamples: 4000, lengthSamples: 8000, semitones }, RATE_HZ)
      const expected = hz * semitonesToRatio(semitones)
      const found = RATE_HZ / periodOf(shifted, 5000, 10_500, RATE_HZ / expected)
      expect(Math.abs(hzToCents(found, expected))).toBeLessThan(5)
      expect(Math.abs(10 * Math.log10(powerOf(shifted) / powerOf(samples)))).toBeLessThan(0.5)
    }
  },
)

test('no step is heard at the borders: neighboring samples differ no more than they did', () => {
  const samples = tone(220)
  const steepest = (sound: Float32Array) =>
    sound.reduce((most, value, i) => (i === 0 ? most : Math.max(most, Math.abs(value - sound[i - 1]))), 0)
  const shifted = shiftSpan(samples, { startSamples: 5001, lengthSamples: 4999, semitones: 0.5 }, RATE_HZ)
  expect(steepest(shifted)).toBeLessThan(1.15 * steepest(samples))
})
