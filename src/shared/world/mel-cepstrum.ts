import { realFft } from '../dsp/fft.ts'

/** All-pass constant that makes the warped axis follow the mel scale, per sampling rate. */
const warpingByRate: readonly (readonly [rateHz: number, warping: number])[] = [
  [8000, 0.312],
  [10000, 0.343],
  [12000, 0.369],
  [16000, 0.41],
  [20000, 0.441],
  [22050, 0.455],
  [24000, 0.466],
  [32000, 0.504],
  [44100, 0.544],
  [48000, 0.554],
]

/** The all-pass constant of the listed rate nearest to `fs`. */
export function melWarping(fs: number): number {
  const distance = ([rateHz]: readonly [number, number]) => Math.abs(rateHz - fs)
  return warpingByRate.reduce((best, entry) => (distance(entry) < distance(best) ? entry : best))[1]
}

/**
 * Mel-cepstrum of order `order` (order + 1 coefficients) of a power spectrum of fftSize / 2 + 1 bins.
 * Not the codec of `encodeEnvelope`: never mix the two. Source: Tokuda, Kobayashi, Masuko and Imai 1994,
 * "Mel-generalized cepstral analysis"; warping by Oppenheim and Johnson 1972.
 */
export function powerToMelCepstrum(power: Float64Array, order: number, warping: number): Float64Array {
  const size = 2 * (power.length - 1)
  const cepstrum = new Float64Array(size)
  realFft(size).inverse(power.map(Math.log), new Float64Array(power.length), cepstrum)
  cepstrum[0] /= 2
  return warpFrequency(cepstrum.subarray(0, power.length), order, warping)
}

/** The inverse of `powerToMelCepstrum`, smoothed by what the order cut off. */
export function melCepstrumToPower(melCepstrum: Float64Array, fftSize: number, warping: number): Float64Array {
  const half = fftSize / 2
  const cepstrum = warpFrequency(melCepstrum, half, -warping)
  const mirrored = new Float64Array(fftSize)
  mirrored[0] = 2 * cepstrum[0]
  for (let i = 1; i <= half; i++) {
    mirrored[i] = cepstrum[i]
    mirrored[fftSize - i] = cepstrum[i]
  }
  const logPower = new Float64Array(half + 1)
  realFft(fftSize).forward(mirrored, logPower, new Float64Array(half + 1))
  return logPower.map(Math.exp)
}

/** Replaces the delay of a cepstrum by an all-pass of constant `warping`; the result has order + 1 coefficients. */
function warpFrequency(cepstrum: Float64Array, order: number, warping: number): Float64Array {
  let previous = new Float64Array(order + 1)
  let current = new Float64Array(order + 1)
  for (let i = cepstrum.length - 1; i >= 0; i--) {
    ;[previous, current] = [current, previous]
    current[0] = cepstrum[i] + warping * previous[0]
    if (order >= 1) current[1] = (1 - warping * warping) * previous[0] + warping * previous[1]
    for (let j = 2; j <= order; j++) current[j] = previous[j - 1] + warping * (previous[j] - current[j - 1])
  }
  return current
}
