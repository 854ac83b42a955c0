import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { smoothWithinNotes } from '../../../../src/shared/pitch/index.ts'

const cents = (a: number, b: number) => 1200 * Math.log2(a / b)
const contour = (length: number, hz: (frame: number) => number) => Float64Array.from({ length }, (_, i) => hz(i))
const semitones = fc.integer({ min: 1, max: 24 }).chain((size) => fc.constantFrom(size, -size))

test('a step between two notes stays exactly where it is, of whatever size', () => {
  fc.assert(
    fc.property(semitones, fc.integer({ min: 1, max: 39 }), (step, at) => {
      const notes = contour(40, (i) => (i < at ? 300 : 300 * 2 ** (step / 12)))
      smoothWithinNotes(notes).forEach((hz, i) => expect(cents(hz, notes[i])).toBeCloseTo(0, 6))
    }),
  )
})

test('under noise of ten cents a step of a semitone or more stays within one frame', () => {
  fc.assert(
    fc.property(semitones, fc.integer({ min: 5, max: 35 }), fc.nat(1e6), (step, at, seed) => {
      const random = createRandom(seed)
      const wobble = () => 2 ** ((20 * random.uniform() - 10) / 1200)
      const smooth = smoothWithinNotes(contour(40, (i) => (i < at ? 300 : 300 * 2 ** (step / 12)) * wobble()))
      const middle = 300 * 2 ** (step / 24)
      const crossing = smooth.findIndex((hz) => (step > 0 ? hz > middle : hz < middle))
      expect(Math.abs(crossing - at)).toBeLessThanOrEqual(1)
    }),
  )
})

test('voicing never changes, and no pause is bridged', () => {
  const frame = fc.oneof(fc.constant(0), fc.double({ min: 50, max: 1200, noNaN: true }))
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 60 }), (values) => {
      const smooth = smoothWithinNotes(Float64Array.from(values))
      values.forEach((hz, i) => expect(smooth[i] > 0).toBe(hz > 0))
    }),
  )
})

test('noise within a note becomes less, a single stray frame vanishes', () => {
  const random = createRandom(1)
  const noisy = contour(200, () => 220 * 2 ** ((20 * random.uniform() - 10) / 1200))
  noisy[100] = 440
  const off = (values: Float64Array) => Math.sqrt(values.reduce((sum, hz) => sum + cents(hz, 220) ** 2, 0) / 200)
  expect(off(smoothWithinNotes(noisy))).toBeLessThan(4)
  expect(Math.abs(cents(smoothWithinNotes(noisy)[100], 220))).toBeLessThan(10)
})

test('a glide keeps its place and a vibrato nearly all of its depth', () => {
  const glide = contour(100, (i) => 200 * 2 ** (i / 100))
  smoothWithinNotes(glide).forEach((hz, i) => expect(Math.abs(cents(hz, glide[i]))).toBeLessThan(0.01))
  const vibrato = contour(400, (i) => 300 * 2 ** ((50 / 1200) * Math.sin(2 * Math.PI * 7 * 0.005 * i)))
  const deepest = Math.max(...smoothWithinNotes(vibrato).map((hz) => cents(hz, 300)))
  expect(deepest).toBeGreaterThan(46)
})
