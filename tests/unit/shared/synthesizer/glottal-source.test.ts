import { expect, test } from 'vitest'
import { createGlottalTables } from '../../../../src/shared/synthesizer/glottal-source.ts'

const POINTS = 4096
const period = (pulse: number, f0Hz: number) => {
  const tables = createGlottalTables(48_000)
  const band = tables.bandFor(f0Hz)
  return Float64Array.from({ length: POINTS }, (_, point) => tables.read(point / POINTS, pulse, band))
}
function harmonicLevel(wave: Float64Array, harmonic: number): number {
  let [re, im] = [0, 0]
  wave.forEach((value, point) => {
    re += value * Math.cos((2 * Math.PI * harmonic * point) / POINTS)
    im += value * Math.sin((2 * Math.PI * harmonic * point) / POINTS)
  })
  return 10 * Math.log10(re * re + im * im + 1e-20)
}

test('the flow returns to where it began: a period of the derivative sums to nothing', () => {
  for (const pulse of [0.5, 1, 1.8, 2.6]) {
    const wave = period(pulse, 110)
    const mean = wave.reduce((sum, value) => sum + value, 0) / POINTS
    expect(Math.abs(mean)).toBeLessThan(1e-3)
  }
})

test('the sharpest moment is the closure, at phase 0', () => {
  const wave = period(1, 110)
  const sharpest = wave.indexOf(Math.min(...wave))
  expect(Math.min(sharpest, POINTS - sharpest)).toBeLessThan(POINTS / 100)
})

test('a breathier pulse falls more steeply toward high harmonics', () => {
  const tilt = (pulse: number) => {
    const wave = period(pulse, 110)
    return harmonicLevel(wave, 1) - harmonicLevel(wave, 20)
  }
  expect(tilt(0.6)).toBeLessThan(tilt(1.2))
  expect(tilt(1.2)).toBeLessThan(tilt(2.4))
})

test('no harmonic lies over the Nyquist frequency', () => {
  const wave = period(0.6, 1000)
  expect(harmonicLevel(wave, 20)).toBeGreaterThan(-40)
  for (const harmonic of [25, 40, 80]) expect(harmonicLevel(wave, harmonic)).toBeLessThan(harmonicLevel(wave, 1) - 80)
})
