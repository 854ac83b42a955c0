import { createRandom } from '../../base/random.ts'
import { realFft } from '../../dsp/fft.ts'
import type { Hertz } from '../../units/time.ts'

/** What a recording suffers: noise beside it, or the room that it was sung in. */
export type Degradation = 'white' | 'pink' | 'reverberant'
export const degradations = ['white', 'pink', 'reverberant'] as const satisfies readonly Degradation[]

/** A lively hall: the time in which its sound falls by 60 dB. */
const reverberationSec = 1.2
/** The first reflections come after the direct sound. */
const preDelaySec = 0.008
/** Below, pink noise is level: nobody's microphone hears deeper. */
const pinkFromHz = 20

/**
 * `x` with noise or reverberation whose power is `levelDb` below it: for noise beside the mean power of the whole
 * recording, for reverberation beside the direct sound. The same seed gives the same sound; the length stays.
 */
export function degrade(
  x: Float64Array,
  fs: Hertz,
  degradation: Degradation,
  levelDb: number,
  seed: number,
): Float64Array {
  const added = addedSound(x, fs, degradation, seed)
  const gain = Math.sqrt(meanPower(x) / Math.max(meanPower(added), Number.MIN_VALUE)) * 10 ** (-levelDb / 20)
  return x.map((value, i) => value + gain * added[i])
}

function addedSound(x: Float64Array, fs: Hertz, degradation: Degradation, seed: number): Float64Array {
  switch (degradation) {
    case 'white':
      return whiteNoise(x.length, seed)
    case 'pink':
      return pinkNoise(x.length, fs, seed)
    case 'reverberant':
      return convolve(x, hallTail(fs, seed))
  }
}

export function whiteNoise(length: number, seed: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length }, () => random.normal())
}

/** White noise whose spectrum is divided by the square root of the frequency. */
export function pinkNoise(length: number, fs: Hertz, seed: number): Float64Array {
  const size = transformSize(length)
  const fft = realFft(size)
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  fft.forward(whiteNoise(size, seed), re, im)
  for (let k = 0; k <= size / 2; k++) {
    const gain = Math.sqrt(pinkFromHz / Math.max((k * fs) / size, pinkFromHz))
    re[k] *= gain
    im[k] *= gain
  }
  re[0] = 0
  const noise = new Float64Array(size)
  fft.inverse(re, im, noise)
  return noise.slice(0, length)
}

/** A hall without its direct sound: noise that decays exponentially. */
function hallTail(fs: Hertz, seed: number): Float64Array {
  const noise = whiteNoise(Math.round(reverberationSec * fs), seed)
  const start = Math.round(preDelaySec * fs)
  return noise.map((value, i) => (i < start ? 0 : value * 10 ** ((-3 * i) / (reverberationSec * fs))))
}

function convolve(x: Float64Array, response: Float64Array): Float64Array {
  const size = transformSize(x.length + response.length)
  const fft = realFft(size)
  const [aRe, aIm, bRe, bIm] = [0, 1, 2, 3].map(() => new Float64Array(size / 2 + 1))
  const padded = new Float64Array(size)
  padded.set(x)
  fft.forward(padded, aRe, aIm)
  padded.fill(0)
  padded.set(response)
  fft.forward(padded, bRe, bIm)
  for (let k = 0; k <= size / 2; k++) {
    const re = aRe[k] * bRe[k] - aIm[k] * bIm[k]
    aIm[k] = aRe[k] * bIm[k] + aIm[k] * bRe[k]
    aRe[k] = re
  }
  fft.inverse(aRe, aIm, padded)
  return padded.slice(0, x.length)
}

const transformSize = (length: number): number => 2 ** Math.max(1, Math.ceil(Math.log2(length)))

const meanPower = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0) / Math.max(1, x.length)
