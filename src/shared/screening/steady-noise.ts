import { createHistogram, type Histogram } from './level-histogram.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { createSlidingSpectra, windowSize } from './sliding-spectra.ts'

/** How far noise that never stops lies under a voice. */
export interface NoiseReport {
  /** Mean power of the sounding voice over that of the noise, 100 Hz to 8 kHz, in dB; null where nothing sounds. */
  readonly voiceOverNoiseDb: number | null
  /**
   * By how much two estimates of the noise differ, from its quietest twentieth and its quietest tenth. Steady noise
   * gives the same twice (0…1.5 dB); what was taken for noise and is a voice or a room gives more the more is counted.
   */
  readonly unsteadinessDb: number
}

/**
 * Long windows part a voice's harmonics, so that noise is seen between them, and needs no pause. In each region of
 * frequency the quietest twentieth of all cells of the spectrogram is noise alone. Powers of Gaussian noise follow an
 * exponential distribution, whose quantile q is −ln(1 − q) of its mean (Martin 2001 for the principle).
 */
const WINDOW_SEC = 0.043
const HOP_SEC = 0.04
const REGION_EDGES_HZ = [100, 200, 300, 450, 600, 800, 1100, 1500, 2000, 2700, 3600, 4800, 6300, 8000]
const LOWER_QUANTILE = 0.05
const UPPER_QUANTILE = 0.1
/** Frames under this are digital silence between edited phrases and say nothing about the room: −90 dB. */
const SILENT_POWER = 1e-9
/** Frames within 30 dB of the loud ones sound. */
const ACTIVE_RATIO = 1e-3
const LOUD_SHARE = 0.95
const LOWEST_DB = -170
const HIGHEST_DB = 10
const CELL_DB = 0.25

export interface NoiseMeter {
  push(mono: Numbers): void
  finish(): NoiseReport
}

/** Takes mono sound in blocks at any rate from 16 kHz on; its memory does not grow. */
export function createNoiseMeter(rateHz: number): NoiseMeter {
  const size = windowSize(WINDOW_SEC, rateHz)
  const binOf = (hz: number) => Math.ceil((hz * size) / rateHz)
  const edges = REGION_EDGES_HZ.map(binOf)
  const regions = edges.slice(1).map(() => createHistogram(LOWEST_DB, HIGHEST_DB, CELL_DB))
  const levels = createHistogram(LOWEST_DB, HIGHEST_DB, CELL_DB)
  const spectra = createSlidingSpectra(size, Math.round(HOP_SEC * rateHz), (power) => {
    let total = 0
    for (let bin = edges[0]; bin < edges[edges.length - 1]; bin++) total += power[bin]
    if (total < SILENT_POWER) return
    levels.add(10 * Math.log10(total))
    regions.forEach((histogram, region) => {
      for (let bin = edges[region]; bin < edges[region + 1]; bin++) histogram.add(10 * Math.log10(power[bin] + 1e-18))
    })
  })
  return {
    push: (mono) => spectra.push(mono),
    finish() {
      if (levels.count === 0) return { voiceOverNoiseDb: null, unsteadinessDb: 0 }
      const widths = regions.map((_, region) => edges[region + 1] - edges[region])
      const [lower, upper] = [LOWER_QUANTILE, UPPER_QUANTILE].map((share) => noisePower(regions, widths, share))
      const voice = activePower(levels)
      return {
        voiceOverNoiseDb: 10 * Math.log10(voice / lower),
        unsteadinessDb: 10 * Math.log10(upper / lower),
      }
    },
  }
}

const noisePower = (regions: readonly Histogram[], widths: readonly number[], share: number): number =>
  regions.reduce(
    (sum, histogram, region) => sum + (widths[region] * 10 ** (histogram.quantile(share) / 10)) / -Math.log(1 - share),
    0,
  )

/** Mean power of the frames within 30 dB of the loud ones. */
function activePower(levels: Histogram): number {
  const loud = 10 ** (levels.quantile(LOUD_SHARE) / 10)
  return levels.meanPowerFrom(10 * Math.log10(loud * ACTIVE_RATIO))
}
