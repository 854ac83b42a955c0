import type { Random } from '../base/random.ts'

/** White noise of variance 1 without the cost of a normal draw. */
export const whiteNoise = (random: Random): number => Math.sqrt(12) * (random.uniform() - 0.5)

/** Noise of a narrowing in the mouth: white noise through one band, loudness independent of the band's width. */
export interface FricationSource {
  tune(centerHz: number, bandwidthHz: number): void
  next(random: Random): number
}

export function createFricationSource(rateHz: number): FricationSource {
  let [gain, first, second] = [0, 0, 0]
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  return {
    /** Band-pass of constant peak gain (R. Bristow-Johnson's cookbook), scaled to variance 1. */
    tune(centerHz, bandwidthHz) {
      const omega = (2 * Math.PI * Math.min(centerHz, 0.45 * rateHz)) / rateHz
      const alpha = (Math.sin(omega) * bandwidthHz) / (2 * centerHz)
      const equivalentBandwidth = (Math.PI / 2) * bandwidthHz
      gain = (alpha / (1 + alpha)) * Math.sqrt(rateHz / (2 * equivalentBandwidth))
      first = (2 * Math.cos(omega)) / (1 + alpha)
      second = -(1 - alpha) / (1 + alpha)
    },
    next(random) {
      const x = whiteNoise(random)
      const y = gain * (x - x2) + first * y1 + second * y2
      ;[x2, x1, y2, y1] = [x1, x, y1, y]
      return y
    },
  }
}
