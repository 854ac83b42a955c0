import { expect, test } from 'vitest'
import {
  cheapTrick,
  d4c,
  decodeAperiodicity,
  encodeAperiodicity,
  forEachEnvelope,
  spectrogramRow,
  synthesize,
  synthesizedSampleCount,
} from '../../../../src/shared/world/index.ts'
import { goldenAt, largestDifference, signalOf } from './golden-signal.ts'

const fs = 22050
const x = signalOf('22050')
const { f0 } = goldenAt('22050')

test('the envelopes of some frames are those of the whole, bit for bit', () => {
  const whole = cheapTrick(x, fs, f0)
  const part = cheapTrick(x, fs, f0, { firstFrame: 37, lastFrame: 60 })
  expect(part.frameCount).toBe(24)
  expect(part.values).toEqual(whole.values.slice(37 * whole.binCount, 61 * whole.binCount))
})

test('envelopes come frame by frame as they come all at once', () => {
  const whole = cheapTrick(x, fs, f0)
  const frames: number[] = []
  forEachEnvelope(x, fs, f0, {}, (frame, power) => {
    frames.push(frame)
    expect(largestDifference(power, spectrogramRow(whole, frame))).toBe(0)
  })
  expect(frames).toEqual(Array.from(f0.keys()))
})

test('the envelope grows with the square of the amplitude', () => {
  const loud = cheapTrick(
    x.map((value) => 2 * value),
    fs,
    f0,
    { firstFrame: 100, lastFrame: 100 },
  )
  const soft = cheapTrick(x, fs, f0, { firstFrame: 100, lastFrame: 100 })
  expect(loud.values[20] / soft.values[20]).toBeCloseTo(4, 6)
})

test('a given transform size decides the number of bins', () => {
  expect(cheapTrick(x, fs, f0, { fftSize: 2048 }).binCount).toBe(1025)
})

test('unvoiced frames are wholly aperiodic', () => {
  const { values } = d4c(x, fs, new Float64Array(f0.length))
  expect(values.every((ratio) => ratio === 1 - 1e-12)).toBe(true)
})

test('aperiodicity survives its code', () => {
  const aperiodicity = d4c(x, fs, f0)
  const decoded = decodeAperiodicity(encodeAperiodicity(aperiodicity, fs), fs, 1024)
  expect(decoded.frameCount).toBe(aperiodicity.frameCount)
  // The bands' centers fall between bins, so that a corner of the curve is cut by up to half a bin.
  expect(largestDifference(decoded.values, aperiodicity.values)).toBeLessThan(0.02)
})

test("silence is synthesized as silence, and the sound has the frames' length", () => {
  const silence = new Float64Array(fs)
  const unvoiced = new Float64Array(201)
  const envelope = cheapTrick(silence, fs, unvoiced)
  const sound = synthesize(unvoiced, envelope, d4c(silence, fs, unvoiced), fs)
  expect(sound).toHaveLength(synthesizedSampleCount(201, fs))
  expect(sound.every((value) => Math.abs(value) < 1e-6)).toBe(true)
})
