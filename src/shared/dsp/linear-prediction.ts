import { realFft } from './fft.ts'

/** Keeps a spectrum with deep valleys solvable: noise 90 dB under it. */
const WHITE_SHARE = 1e-9

/** Autocorrelation 0 … order of a sound with this power spectrum (size / 2 + 1 bins), into `output` [order + 1]. */
export function powerToAutocorrelation(power: Float64Array, output: Float64Array): void {
  const size = 2 * (power.length - 1)
  const correlation = new Float64Array(size)
  realFft(size).inverse(power, new Float64Array(power.length), correlation)
  output.set(correlation.subarray(0, output.length))
}

/**
 * The predictor error filter 1 + Σ a[k] z^−k of an autocorrelation, by Levinson and Durbin; its inverse is stable.
 * @param autocorrelation [order + 1], the first above 0
 * @param a [order], a[0] belongs to the sample before
 * @returns the power of what it leaves
 */
export function solvePredictor(autocorrelation: Float64Array, a: Float64Array): number {
  let error = autocorrelation[0] * (1 + WHITE_SHARE)
  const before = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) {
    let sum = autocorrelation[i + 1]
    for (let j = 0; j < i; j++) sum += a[j] * autocorrelation[i - j]
    const reflection = -sum / error
    before.set(a.subarray(0, i))
    for (let j = 0; j < i; j++) a[j] = before[j] + reflection * before[i - 1 - j]
    a[i] = reflection
    error *= 1 - reflection * reflection
  }
  return error
}
