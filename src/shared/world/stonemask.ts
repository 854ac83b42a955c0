import type { PitchKernel } from '../kernels/pitch.ts'
import type { StoneMaskRules } from '../kernels/stonemask.ts'
import { assertAnalyzable } from './analyzable.ts'
import { defaultFramePeriodSec, roundHalfAway, safeguard } from './constants.ts'
import {
  createFrequencyMeter,
  halfWindowSamples,
  harmonicBin,
  mostHarmonics,
  type FrequencyMeter,
} from './instantaneous-frequency.ts'

const rules: StoneMaskRules = {
  /** Pitch that can be refined: above this, and up to this share of the sampling rate. */
  lowestF0Hz: 40,
  highestShare: 1 / 12,
  /** The first guess uses so many harmonics. */
  firstHarmonics: 2,
  /** A refinement that goes farther than this (relative) is not believed. */
  farthestStep: 0.2,
  safeguard,
}

/**
 * Refines a contour of `dio` (Hz a frame, 0 unvoiced) by instantaneous frequency. `x` are samples at `fs` Hz; refuses
 * what `assertAnalyzable` refuses. Without the kernel its plain twin computes. Source: Morise, Yokomori and Ozawa 2016,
 * "WORLD".
 */
export function stoneMask(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  framePeriodSec = defaultFramePeriodSec,
  kernel?: PitchKernel,
): Float64Array {
  if (f0.length === 0) return f0.slice()
  assertAnalyzable(x, fs)
  if (kernel) return kernel.refineStoneMask(x, fs, f0, framePeriodSec, rules)
  const meters: FrequencyMeter[] = []
  return f0.map((value, frame) => {
    if (value <= rules.lowestF0Hz || value > fs * rules.highestShare) return 0
    const half = halfWindowSamples(value, fs)
    meters[half] ??= createFrequencyMeter(x, fs, half)
    const positionSec = (frame * 1000 * framePeriodSec) / 1000
    meters[half].placeAt(windowIndices(positionSec, half, fs), positionSec * fs)
    const refined = refine(meters[half], value, fs)
    return Math.abs(refined - value) > rules.farthestStep * value ? value : refined
  })
}

/**
 * The samples under the window. Each is rounded for itself, as in the reference: where a frame lies between two samples
 * at 22.05 or 44.1 kHz, the last bit of its position decides which one is taken.
 */
function windowIndices(positionSec: number, half: number, fs: number): Int32Array {
  return Int32Array.from({ length: 2 * half + 1 }, (_, i) => roundHalfAway((positionSec + (i - half) / fs) * fs) - 1)
}

function refine(meter: FrequencyMeter, f0: number, fs: number): number {
  const tentative = weightedMean(meter, f0, rules.firstHarmonics, fs)
  if (tentative <= 0 || tentative > 2 * f0) return 0
  return weightedMean(meter, tentative, mostHarmonics, fs)
}

function weightedMean(meter: FrequencyMeter, f0: number, harmonics: number, fs: number): number {
  const bins = Int32Array.from({ length: harmonics }, (_, h) =>
    Math.min(harmonicBin(f0, h + 1, meter.fftSize, fs), meter.fftSize / 2),
  )
  meter.measure(bins, harmonics)
  let weighted = 0
  let weights = 0
  for (let h = 0; h < harmonics; h++) {
    weighted += meter.amplitudes[h] * meter.frequenciesHz[h]
    weights += meter.amplitudes[h] * (h + 1)
  }
  return weighted / (weights + safeguard)
}
