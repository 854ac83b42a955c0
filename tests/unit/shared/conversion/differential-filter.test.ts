import { expect, test } from 'vitest'
import { createDifferentialFilter, type SpectralChange } from '../../../../src/shared/conversion/differential-filter.ts'
import { sungSource } from '../../../support/singers.ts'

const changeOf = (
  durationSamples: number,
  rateHz: number,
  d: (frame: number, band: number) => number,
): SpectralChange => ({
  frameCount: Math.floor((durationSamples * 200) / rateHz) + 1,
  readDifference: (frame, output) => output.forEach((_, band) => (output[band] = d(frame, band))),
})
const bumpy = (frame: number, band: number) => 3 * Math.sin(frame * 0.1 + band * 0.3)
const power = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0)

test.each([24_000, 44_100, 48_000])('no change at %i Hz gives every sample back', (rateHz) => {
  const x = Float64Array.from(sungSource(rateHz, 0.6))
  const change = changeOf(x.length, rateHz, () => 0)
  const [y] = createDifferentialFilter(rateHz).apply({ channels: [x], firstSamples: 0 }, change, 0, x.length)
  expect(Math.max(...y.map((value, index) => Math.abs(value - x[index])))).toBeLessThan(1e-12)
})

test('a span filtered in pieces gives the bits of the whole', () => {
  const rateHz = 24_000
  const x = Float64Array.from(sungSource(rateHz, 0.8))
  const change = changeOf(x.length, rateHz, bumpy)
  const filter = createDifferentialFilter(rateHz)
  const [whole] = filter.apply({ channels: [x], firstSamples: 0 }, change, 0, x.length)
  const reach = filter.reachSamples
  for (const [start, count] of [
    [0, 5000],
    [5000, 777],
    [9001, 10_199],
  ]) {
    const first = Math.max(0, start - reach)
    const sound = { channels: [x.slice(first, start + count + reach)], firstSamples: first }
    expect(filter.apply(sound, change, start, count)[0]).toEqual(whole.slice(start, start + count))
  }
})

test('a changed envelope keeps the loudness, and a level change is heard in full', () => {
  const rateHz = 24_000
  const x = Float64Array.from(sungSource(rateHz, 0.8))
  const filter = createDifferentialFilter(rateHz)
  const change = changeOf(x.length, rateHz, (_, band) => (band < 20 ? 2 : -2))
  const sound = { channels: [x], firstSamples: 0 }
  const [shaped] = filter.apply(sound, change, 0, x.length)
  expect(Math.abs(10 * Math.log10(power(shaped) / power(x)))).toBeLessThan(0.5)
  const levelChange = new Float64Array(change.frameCount).fill(Math.log(4))
  const [louder] = filter.apply(sound, { ...change, levelChange }, 0, x.length)
  expect(power(louder) / power(shaped)).toBeCloseTo(4, 6)
})

test('both channels get the same filter, so that the stereo image stays', () => {
  const rateHz = 24_000
  const x = Float64Array.from(sungSource(rateHz, 0.5))
  const half = x.map((value) => value / 2)
  const [left, right] = createDifferentialFilter(rateHz).apply(
    { channels: [x, half], firstSamples: 0 },
    changeOf(x.length, rateHz, bumpy),
    0,
    x.length,
  )
  left.forEach((value, index) => expect(right[index]).toBeCloseTo(value / 2, 12))
})

test('silence stays exactly silent', () => {
  const change = changeOf(5000, 24_000, bumpy)
  const sound = { channels: [new Float64Array(5000)], firstSamples: 0 }
  const [y] = createDifferentialFilter(24_000).apply(sound, change, 0, 5000)
  expect(y.every((value) => value === 0)).toBe(true)
})
