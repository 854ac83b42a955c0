import { expect, test } from 'vitest'
import { decimate } from '../../../../src/shared/dsp/decimate.ts'
import { interpolateAt, interpolateLinear } from '../../../../src/shared/dsp/interpolate.ts'
import { innerHannWindow, nuttallWindow } from '../../../../src/shared/dsp/window.ts'

const sine = (cyclesPerSample: number, length: number) =>
  Float64Array.from({ length }, (_, i) => Math.sin(2 * Math.PI * cyclesPerSample * i))

test('a low tone passes without delay, and the last sample is kept', () => {
  const x = sine(0.01, 1000)
  const kept = decimate(x, 3)
  expect(kept).toHaveLength(334)
  for (let i = 50; i < 280; i++) expect(kept[i]).toBeCloseTo(x[3 * i], 1)
})

test('a tone above the new Nyquist frequency is gone', () => {
  const kept = decimate(sine(0.4, 3000), 3).slice(50, -50)
  expect(Math.max(...kept.map(Math.abs))).toBeLessThan(0.002)
})

test('a constant stays what it is', () => {
  const kept = decimate(new Float64Array(3000).fill(0.5), 6)
  // The ripple of 0.05 dB is the least at 0 Hz for an odd order.
  expect(Math.abs(kept[250] - 0.5)).toBeLessThan(1e-6)
})

test('linear interpolation goes on beyond both ends', () => {
  const output = new Float64Array(5)
  interpolateLinear(Float64Array.of(0, 1, 3), Float64Array.of(0, 2, 0), Float64Array.of(-1, 0.5, 1, 2, 5), output)
  expect([...output]).toEqual([-2, 1, 2, 1, -2])
})

test('evenly spaced interpolation is held at both ends', () => {
  const values = Float64Array.of(1, 3, 2)
  expect([-1, 0.5, 1.5, 2, 9].map((at) => interpolateAt(values, at))).toEqual([1, 2, 2.5, 2, 2])
})

test('windows are symmetric and peak in their middle', () => {
  for (const window of [nuttallWindow(101), innerHannWindow(101)]) {
    expect(window[50]).toBeCloseTo(1, 12)
    for (let i = 0; i < 50; i++) expect(window[i]).toBeCloseTo(window[100 - i], 12)
  }
})
