import { expect, test } from 'vitest'
import { butterworthBandPass, butterworthLowPass, type Section } from '../../../../src/shared/dsp/butterworth.ts'
import { zeroPhase, zeroPhaseResumed } from '../../../../src/shared/dsp/zero-phase.ts'

const RATE_HZ = 8000
const sine = (hz: number) =>
  Float64Array.from({ length: RATE_HZ }, (_, n) => Math.sin((2 * Math.PI * hz * n) / RATE_HZ))

/** Gain at the middle of a second of sine: projection on the sine itself, so that a delay would show as a loss. */
function gainAt(sections: readonly Section[], hz: number): number {
  const x = sine(hz)
  const y = zeroPhase(sections, x)
  let cross = 0
  let power = 0
  for (let n = 2000; n < 6000; n++) {
    cross += x[n] * y[n]
    power += x[n] * x[n]
  }
  return cross / power
}

test('a zero-phase low-pass halves the amplitude at its cutoff and passes what is far below', () => {
  for (const order of [1, 2] as const) {
    const sections = butterworthLowPass(order, 200, RATE_HZ)
    expect(gainAt(sections, 200)).toBeCloseTo(0.5, 3)
    expect(gainAt(sections, 4)).toBeGreaterThan(0.998)
    expect(gainAt(sections, 2000)).toBeLessThan(0.02)
  }
})

test('a zero-phase band-pass halves the amplitude at both edges and is 1 between', () => {
  const sections = butterworthBandPass(300, 1500, RATE_HZ)
  expect(gainAt(sections, 300)).toBeCloseTo(0.5, 3)
  expect(gainAt(sections, 1500)).toBeCloseTo(0.5, 3)
  expect(gainAt(sections, 690)).toBeGreaterThan(0.99)
})

test('a constant passes a low-pass untouched from the first sample to the last', () => {
  const found = zeroPhase(butterworthLowPass(2, 25, RATE_HZ), new Float64Array(500).fill(0.7))
  expect(Math.max(...found.map((value) => Math.abs(value - 0.7)))).toBeLessThan(1e-10)
})

test('silence stays exactly silent, and short or empty signals keep their length', () => {
  const sections = butterworthLowPass(1, 60, RATE_HZ)
  expect(zeroPhase(sections, new Float64Array(100)).every((value) => value === 0)).toBe(true)
  for (const length of [0, 1, 2, 5]) expect(zeroPhase(sections, new Float64Array(length)).length).toBe(length)
})

test('resumed at any sample with what was handed over, the rest comes out as from the whole', () => {
  const [section] = butterworthLowPass(1, 3, RATE_HZ)
  const x = sine(7).map((value, n) => value + (n % 700 === 0 ? 5 : 0))
  const whole = zeroPhase([section], x)
  expect(zeroPhaseResumed(section, x, null).output).toEqual(whole)
  for (const position of [1, 500, 7000]) {
    const { memory } = zeroPhaseResumed(section, x.slice(0, position + 20), null, position)
    const rest = zeroPhaseResumed(section, x.slice(position), memory).output
    rest.forEach((value, n) => expect(value).toBeCloseTo(whole[position + n], 12))
  }
})
