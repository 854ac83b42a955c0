import { realFft } from '../dsp/fft.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { innerHannWindow } from '../dsp/window.ts'

/** A partial as it stands in one short-time spectrum. */
export interface SpectralPeak {
  readonly hz: number
  /** Magnitude, in units of the window's gain. */
  readonly magnitude: number
}

export interface PeakReader {
  /** Width of a bin. */
  readonly binHz: number
  /** Peaks around a sample, ascending in frequency; what the signal does not hold counts as silence. */
  read(samples: Numbers, center: number): SpectralPeak[]
}

/** Long enough to part the partials of two singers a whole tone apart from 150 Hz on. */
const WINDOW_SEC = 0.1
const LOWEST_HZ = 70
const HIGHEST_HZ = 3500
/** Peaks this far under the frame's strongest are breath, room and side lobes. */
const RANGE_RATIO = 10 ** (-40 / 20)
/** A steady partial's main lobe falls by this within two bins; noise and glides do not. */
const PROMINENCE_RATIO = 10 ** (6 / 20)

/** Steady partials of Hann-windowed spectra: local maxima that stand out, placed by a parabola through decibels. */
export function createPeakReader(rateHz: number): PeakReader {
  const size = 2 ** Math.round(Math.log2(WINDOW_SEC * rateHz))
  const fft = realFft(size)
  const hann = Float64Array.of(0, ...innerHannWindow(size - 1))
  const binHz = rateHz / size
  const firstBin = Math.max(3, Math.ceil(LOWEST_HZ / binHz))
  const lastBin = Math.min(size / 2 - 3, Math.floor(HIGHEST_HZ / binHz))
  const input = new Float64Array(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const magnitudes = new Float64Array(size / 2 + 1)

  function peakAt(bin: number): SpectralPeak {
    const [left, middle, right] = [-1, 0, 1].map((offset) => Math.log(magnitudes[bin + offset] + Number.MIN_VALUE))
    const curvature = left - 2 * middle + right
    const offset = curvature < 0 ? (0.5 * (left - right)) / curvature : 0
    return { hz: (bin + offset) * binHz, magnitude: Math.exp(middle - 0.25 * (left - right) * offset) }
  }
  return {
    binHz,
    read(samples, center) {
      for (let index = 0; index < size; index++) input[index] = hann[index] * (samples[center - size / 2 + index] ?? 0)
      fft.forward(input, re, im)
      let strongest = 0
      for (let bin = firstBin - 3; bin <= lastBin + 3; bin++) {
        magnitudes[bin] = Math.hypot(re[bin], im[bin])
        strongest = Math.max(strongest, magnitudes[bin])
      }
      const peaks: SpectralPeak[] = []
      if (strongest === 0) return peaks
      for (let bin = firstBin; bin <= lastBin; bin++) {
        const value = magnitudes[bin]
        if (value < strongest * RANGE_RATIO || value < magnitudes[bin - 1] || value <= magnitudes[bin + 1]) continue
        const beside = Math.max(
          Math.min(magnitudes[bin - 2], magnitudes[bin - 3]),
          Math.min(magnitudes[bin + 2], magnitudes[bin + 3]),
        )
        if (value > beside * PROMINENCE_RATIO) peaks.push(peakAt(bin))
      }
      return peaks
    },
  }
}
