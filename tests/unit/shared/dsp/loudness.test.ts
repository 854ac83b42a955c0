import { expect, test } from 'vitest'
import { createLoudnessMeter, integratedLoudness } from '../../../../src/shared/dsp/loudness.ts'

const sine = (rateHz: number, seconds: number, gain: number, hz = 997) =>
  Float32Array.from({ length: rateHz * seconds }, (_, n) => gain * Math.sin((2 * Math.PI * hz * n) / rateHz))

test('a sine of 997 Hz at full scale in one channel measures −3.01 LUFS at any rate', () => {
  for (const rateHz of [24_000, 44_100, 48_000, 96_000])
    expect(integratedLoudness([sine(rateHz, 2, 1)], rateHz)).toBeCloseTo(-3.01, 1)
})

test('twice the amplitude is 6 dB more, and a second equal channel 3 dB more', () => {
  const quiet = integratedLoudness([sine(48_000, 1, 0.1)], 48_000) ?? NaN
  expect(integratedLoudness([sine(48_000, 1, 0.2)], 48_000)).toBeCloseTo(quiet + 6.02, 2)
  expect(integratedLoudness([sine(48_000, 1, 0.1), sine(48_000, 1, 0.1)], 48_000)).toBeCloseTo(quiet + 3.01, 2)
})

test('pauses do not lower the loudness, because the gate leaves them out', () => {
  const loud = sine(48_000, 4, 0.3)
  const withPause = new Float32Array(loud.length + 48_000 * 20)
  withPause.set(loud)
  const alone = integratedLoudness([loud], 48_000) ?? NaN
  expect(Math.abs((integratedLoudness([withPause], 48_000) ?? NaN) - alone)).toBeLessThan(0.2)
})

test('silence and less than a block have no loudness', () => {
  expect(integratedLoudness([new Float32Array(48_000)], 48_000)).toBeNull()
  expect(integratedLoudness([sine(48_000, 1, 1).subarray(0, 9000)], 48_000)).toBeNull()
})

test('a meter fed in pieces reads the same', () => {
  const x = sine(48_000, 2, 0.5)
  const meter = createLoudnessMeter(48_000, 1)
  for (let start = 0; start < x.length; start += 777) meter.push([x.subarray(start, start + 777)])
  expect(meter.integratedLufs()).toBe(integratedLoudness([x], 48_000))
})
