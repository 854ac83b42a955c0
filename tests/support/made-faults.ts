import { createRandom } from '../../src/shared/base/random.ts'
import { createRealFft } from '../../src/shared/dsp/fft.ts'

/** Faults made on purpose of clean mono recordings, the same for the same seed. */

/** Mean power of the stretches of 20 ms that are within 30 dB of the loud ones. */
export function soundingPower(samples: Float32Array, rateHz: number): number {
  const length = Math.round(0.02 * rateHz)
  const powers: number[] = []
  for (let start = 0; start + length <= samples.length; start += length)
    powers.push(samples.subarray(start, start + length).reduce((sum, value) => sum + value * value, 0) / length)
  const loud = powers.toSorted((a, b) => a - b)[Math.floor(0.95 * (powers.length - 1))] ?? 0
  const sounding = powers.filter((power) => power > loud * 1e-3)
  return sounding.length === 0 ? 0 : sounding.reduce((sum, power) => sum + power, 0) / sounding.length
}

/** White or pink noise so many dB under the sounding voice. */
export function withNoise(
  samples: Float32Array,
  rateHz: number,
  underDb: number,
  color: 'white' | 'pink',
  seed: number,
): Float32Array {
  const random = createRandom(seed)
  const noise = Float64Array.from(samples, () => random.normal())
  if (color === 'pink') makePink(noise)
  const power = noise.reduce((sum, value) => sum + value * value, 0) / noise.length
  const gain = Math.sqrt((soundingPower(samples, rateHz) / power) * 10 ** (-underDb / 10))
  return samples.map((value, index) => value + gain * noise[index])
}

/** Three leaky integrators side by side fall by about 3 dB an octave (Kellet's filter, without its refinements). */
function makePink(noise: Float64Array): void {
  const [poles, gains] = [
    [0.99765, 0.963, 0.57],
    [0.099046, 0.2965164, 1.0526913],
  ]
  const states = [0, 0, 0]
  noise.forEach((value, index) => {
    let sum = 0.1848 * value
    poles.forEach((pole, at) => (sum += states[at] = pole * states[at] + gains[at] * value))
    noise[index] = sum
  })
}

/** A room: decaying noise after the direct sound, which has so many dB more energy than all that follows. */
export function inRoom(
  samples: Float32Array,
  rateHz: number,
  decaySec: number,
  directDb: number,
  seed: number,
): Float32Array {
  const random = createRandom(seed)
  const response = new Float32Array(Math.round(1.2 * decaySec * rateHz))
  let [dull, energy] = [0, 0]
  for (let index = Math.round(0.004 * rateHz); index < response.length; index++) {
    dull = 0.6 * dull + 0.4 * random.normal()
    response[index] = dull * Math.exp((-6.91 * index) / rateHz / decaySec)
    energy += response[index] ** 2
  }
  const gain = Math.sqrt(10 ** (-directDb / 10) / energy)
  response.forEach((value, index) => (response[index] = value * gain))
  response[0] = 1
  return convolve(samples, response)
}

/** As long as the sound. */
function convolve(sound: Float32Array, response: Float32Array): Float32Array {
  const size = 2 ** Math.ceil(Math.log2(sound.length + response.length))
  const fft = createRealFft(size)
  const [first, second] = [new Float64Array(size), new Float64Array(size)]
  first.set(sound)
  second.set(response)
  const [aRe, aIm, bRe, bIm] = Array.from({ length: 4 }, () => new Float64Array(size / 2 + 1))
  fft.forward(first, aRe, aIm)
  fft.forward(second, bRe, bIm)
  const re = aRe.map((value, bin) => value * bRe[bin] - aIm[bin] * bIm[bin])
  const im = aRe.map((value, bin) => value * bIm[bin] + aIm[bin] * bRe[bin])
  fft.inverse(re, im, first)
  return Float32Array.from(first.subarray(0, sound.length))
}

/** Driven so many dB over full scale and cut there, then at another level. */
export function clipped(samples: Float32Array, overDb: number, levelDb: number): Float32Array {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const gain = 10 ** (overDb / 20) / peak
  return samples.map((value) => Math.max(-1, Math.min(1, gain * value)) * 10 ** (levelDb / 20))
}

/** Another sound under this one, so many dB quieter, over and over until the end. */
export function withSecondVoice(
  samples: Float32Array,
  other: Float32Array,
  rateHz: number,
  underDb: number,
): Float32Array {
  const ratio = soundingPower(samples, rateHz) / Math.max(soundingPower(other, rateHz), 1e-12)
  const gain = Math.sqrt(ratio * 10 ** (-underDb / 10))
  return samples.map((value, index) => value + gain * other[index % other.length])
}

/** As a 16-bit file keeps it. */
export const rounded = (samples: Float32Array): Float32Array =>
  samples.map((value) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))) / 32_768)

/** Nothing from `cutoffHz` on, as a coder or a lower rate leaves it: the bins of the whole sound's spectrum are emptied. */
export function lowPassed(samples: Float32Array, rateHz: number, cutoffHz: number): Float32Array {
  const size = 2 ** Math.ceil(Math.log2(samples.length))
  const fft = createRealFft(size)
  const input = new Float64Array(size)
  input.set(samples)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  fft.forward(input, re, im)
  const firstEmpty = Math.ceil((cutoffHz * size) / rateHz)
  re.fill(0, firstEmpty)
  im.fill(0, firstEmpty)
  fft.inverse(re, im, input)
  return Float32Array.from(input.subarray(0, samples.length))
}
