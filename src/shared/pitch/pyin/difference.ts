import { realFft, type RealFft } from '../../dsp/fft.ts'
import type { Hertz } from '../../units/time.ts'

/** Samples compared at every lag: 2048 / 2 at 44.1 kHz, as in the paper. */
const windowSec = 1024 / 44100

/** YIN's cumulative mean normalized difference of one place of a signal, for lags 0 … `longestLag`. */
export interface DifferenceMeter {
  readonly longestLag: number
  /** Valid until the next call. The place is the middle of everything compared; samples outside the signal are 0. */
  at(centerSamples: number): Float64Array
}

/**
 * d(τ) = sum over j of (x[j] - x[j + τ])², over its own mean up to τ: near 0 where τ is a period, about 1 where nothing
 * repeats. By Fourier transform. Source: de Cheveigné and Kawahara 2002, "YIN", equations 6 and 8.
 */
export function createDifferenceMeter(
  x: Float64Array,
  fs: Hertz,
  longestLag: number,
  createFft: (size: number) => RealFft = realFft,
): DifferenceMeter {
  const width = Math.round(windowSec * fs)
  const span = width + longestLag
  const size = 2 ** Math.ceil(Math.log2(span))
  const fft = createFft(size)
  const segment = new Float64Array(size)
  const [headRe, headIm, re, im] = [0, 1, 2, 3].map(() => new Float64Array(size / 2 + 1))
  const products = new Float64Array(size)
  const normalized = new Float64Array(longestLag + 1)

  function cut(centerSamples: number): void {
    const first = Math.round(centerSamples) - (span >> 1)
    for (let i = 0; i < span; i++) {
      const at = first + i
      segment[i] = at >= 0 && at < x.length ? x[at] : 0
    }
    segment.fill(0, span)
  }

  function correlate(): void {
    fft.forward(segment, re, im)
    products.fill(0)
    products.set(segment.subarray(0, width))
    fft.forward(products, headRe, headIm)
    for (let k = 0; k <= size / 2; k++) {
      const real = headRe[k] * re[k] + headIm[k] * im[k]
      im[k] = headRe[k] * im[k] - headIm[k] * re[k]
      re[k] = real
    }
    fft.inverse(re, im, products)
  }

  return {
    longestLag,
    at(centerSamples) {
      cut(centerSamples)
      correlate()
      let headEnergy = 0
      for (let i = 0; i < width; i++) headEnergy += segment[i] * segment[i]
      let energy = headEnergy
      let sum = 0
      normalized[0] = 1
      for (let lag = 1; lag <= longestLag; lag++) {
        energy += segment[lag + width - 1] ** 2 - segment[lag - 1] ** 2
        sum += Math.max(0, headEnergy + energy - 2 * products[lag])
        normalized[lag] = sum > 0 ? (Math.max(0, headEnergy + energy - 2 * products[lag]) * lag) / sum : 1
      }
      return normalized
    },
  }
}
