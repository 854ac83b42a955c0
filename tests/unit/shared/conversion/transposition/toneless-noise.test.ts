import { expect, test } from 'vitest'
import { plainSteps } from '../../../../../src/shared/conversion/transposition/steps.ts'
import { tonelessNoise } from '../../../../../src/shared/conversion/transposition/toneless-noise.ts'

const RATE_HZ = 24_000
const tone = (hz: number, amplitude: number) =>
  Float64Array.from({ length: RATE_HZ }, (_, index) => amplitude * Math.sin((2 * Math.PI * hz * index) / RATE_HZ))
const voice = tone(300, 0.5)
const made = (noise: Float64Array, firstSample = 0, harmonic = voice) =>
  tonelessNoise({ harmonic, noise }, { rateHz: RATE_HZ, firstSample }, plainSteps)

/** Amplitude at a frequency, ends left out. */
function amplitudeAt(x: Float64Array, hz: number): number {
  let [re, im, count] = [0, 0, 0]
  for (let index = 2400; index < x.length - 2400; index++, count++) {
    re += x[index] * Math.cos((2 * Math.PI * hz * index) / RATE_HZ)
    im += x[index] * Math.sin((2 * Math.PI * hz * index) / RATE_HZ)
  }
  return (2 * Math.hypot(re, im)) / count
}

const powerOf = (x: Float64Array) => x.subarray(2400, -2400).reduce((sum, value) => sum + value * value, 0)

test('what a comb leaves of a gliding voice is no tone at its old pitch any more, and its hiss stays', () => {
  const [leak, hiss] = [tone(150, 0.1), tone(5000, 0.02)]
  const noise = made(leak.map((value, index) => value + hiss[index]))
  expect(amplitudeAt(noise, 150)).toBeLessThan(0.002)
  expect(amplitudeAt(noise, 5000)).toBeCloseTo(0.02, 4)
})

test('the noise in its place lies 40 dB under the voice, wherever the voice is loud or soft', () => {
  const none = new Float64Array(RATE_HZ)
  for (const gain of [1, 0.01]) {
    const own = voice.map((value) => gain * value)
    const levelDb = 10 * Math.log10(powerOf(made(none, 0, own)) / powerOf(own))
    expect(levelDb).toBeGreaterThan(-42)
    expect(levelDb).toBeLessThan(-38)
  }
  expect(made(none, 0, none).every((value) => value === 0)).toBe(true)
})

test('a later cut of the sound gets the same noise', () => {
  const first = 6000
  const noise = tone(700, 0.1)
  const whole = made(noise)
  const cut = made(noise.subarray(first), first, voice.subarray(first))
  for (let index = 4800; index < cut.length; index++)
    expect(Math.abs(cut[index] - whole[first + index])).toBeLessThan(1e-6)
})
