import { assert } from '../base/assert.ts'
import { createComplexFft } from './complex-fft.ts'

/**
 * The Fourier transform of real signals of one power-of-two size, in double precision.
 * The half spectrum has size / 2 + 1 bins, X[k] = sum of x[n] exp(-2 pi i k n / size).
 */
export interface RealFft {
  readonly size: number
  /** Reads `size` samples of `input`, writes size / 2 + 1 bins into `re` and `im`; they may not overlap the input. */
  forward(input: Float64Array, re: Float64Array, im: Float64Array): void
  /** Scaled by 1 / size: the inverse of `forward`. Leaves `re` and `im` as they are; im[0] and im[size / 2] count as 0. */
  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void
}

/** Computed as a complex transform of half the size; the instance owns its work space, so share it only in one thread. */
export function createRealFft(size: number): RealFft {
  assert(size >= 2 && Number.isInteger(Math.log2(size)), `a real FFT size is a power of two from 2 on, not ${size}`)
  const half = size / 2
  const { reversed, forwardFromReversed } = createComplexFft(half)
  const workRe = new Float64Array(half)
  const workIm = new Float64Array(half)
  const cosines = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sines = Float64Array.from({ length: half + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size))

  function forward(input: Float64Array, re: Float64Array, im: Float64Array): void {
    for (let n = 0; n < half; n++) {
      const at = reversed[n]
      workRe[at] = input[2 * n]
      workIm[at] = input[2 * n + 1]
    }
    forwardFromReversed(workRe, workIm)
    re[0] = workRe[0] + workIm[0]
    im[0] = 0
    re[half] = workRe[0] - workIm[0]
    im[half] = 0
    // Even samples have spectrum (Z[k] + Z*[-k]) / 2, odd ones (Z[k] - Z*[-k]) / 2i.
    for (let k = 1, j = half - 1; k <= j; k++, j--) {
      const evenRe = 0.5 * (workRe[k] + workRe[j])
      const evenIm = 0.5 * (workIm[k] - workIm[j])
      const oddRe = 0.5 * (workIm[k] + workIm[j])
      const oddIm = 0.5 * (workRe[j] - workRe[k])
      const turnedRe = oddRe * cosines[k] + oddIm * sines[k]
      const turnedIm = oddIm * cosines[k] - oddRe * sines[k]
      re[k] = evenRe + turnedRe
      im[k] = evenIm + turnedIm
      re[j] = evenRe - turnedRe
      im[j] = turnedIm - evenIm
    }
  }

  function inverse(re: Float64Array, im: Float64Array, output: Float64Array): void {
    workRe[0] = re[0] + re[half]
    workIm[0] = re[0] - re[half]
    for (let k = 1, j = half - 1; k <= j; k++, j--) {
      const evenRe = re[k] + re[j]
      const evenIm = im[k] - im[j]
      const turnedRe = re[k] - re[j]
      const turnedIm = im[k] + im[j]
      const oddRe = turnedRe * cosines[k] - turnedIm * sines[k]
      const oddIm = turnedRe * sines[k] + turnedIm * cosines[k]
      const atK = reversed[k]
      const atJ = reversed[j]
      workRe[atK] = evenRe - oddIm
      workIm[atK] = evenIm + oddRe
      workRe[atJ] = evenRe + oddIm
      workIm[atJ] = oddRe - evenIm
    }
    // Exchanging real and imaginary parts turns the forward transform into the inverse one.
    forwardFromReversed(workIm, workRe)
    const scale = 1 / size
    for (let n = 0; n < half; n++) {
      output[2 * n] = workRe[n] * scale
      output[2 * n + 1] = workIm[n] * scale
    }
  }

  return { size, forward, inverse }
}

const cache = new Map<number, RealFft>()

/** The shared instance of one size: its tables are built once a thread. */
export function realFft(size: number): RealFft {
  const known = cache.get(size)
  if (known) return known
  const created = createRealFft(size)
  cache.set(size, created)
  return created
}
