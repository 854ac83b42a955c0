import type { Numbers } from '../dsp/numbers.ts'
import { createHistogram } from './level-histogram.ts'
import { createSlidingSpectra, windowSize } from './sliding-spectra.ts'

/** Up to where a recording holds sound. */
export interface BandwidthReport {
  /** Where the sound stops as if cut off with a knife; null where it fades into the recording's own noise or reaches the top. */
  readonly cutoffHz: number | null
}

/**
 * A microphone's noise reaches to the top of what a converter records. A coder, or a rate that was once lower, leaves
 * nothing above an edge: what the loudest tenth of the sounding frames reaches drops there within half a kilohertz.
 */
const WINDOW_SEC = 0.043
const STEP_HZ = 250
const LOWEST_EDGE_HZ = 3000
/** Above, the filters of converters themselves end the sound. */
const HIGHEST_EDGE_HZ = 20_250
/** A share of half the rate: what a resampler to this rate leaves is no edge of the recording. */
const HIGHEST_SHARE = 0.93
/** Levels are compared over this much below and above an edge, with a step between. */
const COMPARED_HZ = 1000
const LEAST_DROP_DB = 9
/** Nothing comes back above the edge: no step there is this much louder than just above it. */
const MOST_RETURN_DB = 4
/**
 * Above the edge there is nothing but the rounding of 16 bits (−121 dB a step, with dither a little more). Where a voice
 * fades into a microphone's noise there is more; single frames may reach higher, because coders keep what is sudden.
 */
const MOST_ROUNDING_DB = -110
const REACHED_SHARE = 0.9
const LOWEST_DB = -180
const CELL_DB = 0.5
/** Frames within 30 dB of the loudest so far, and over −70 dB: what is quieter may be no recording at all. */
const ACTIVE_RATIO = 1e-3
const LEAST_POWER = 1e-7

export interface BandwidthMeter {
  push(mono: Numbers): void
  finish(): BandwidthReport
}

/** Takes mono sound in blocks. `hopSec`: how often it listens; the mean needs some dozens of windows. */
export function createBandwidthMeter(rateHz: number, hopSec: number): BandwidthMeter {
  const size = windowSize(WINDOW_SEC, rateHz)
  const binsPerStep = (STEP_HZ * size) / rateHz
  const stepCount = Math.floor(rateHz / 2 / STEP_HZ)
  const steps = Array.from({ length: stepCount }, () => createHistogram(LOWEST_DB, 0, CELL_DB))
  let loudest = LEAST_POWER / ACTIVE_RATIO
  const spectra = createSlidingSpectra(size, Math.round(hopSec * rateHz), (power) => {
    let total = 0
    for (let bin = 0; bin < power.length; bin++) total += power[bin]
    loudest = Math.max(loudest, total)
    if (total < loudest * ACTIVE_RATIO) return
    steps.forEach((histogram, step) => {
      let sum = 0
      const [first, end] = [Math.round(step * binsPerStep), Math.round((step + 1) * binsPerStep)]
      for (let bin = first; bin < end; bin++) sum += power[bin]
      histogram.add(10 * Math.log10(sum + 1e-18))
    })
  })
  return {
    push: (mono) => spectra.push(mono),
    finish() {
      if (steps[0].count === 0) return { cutoffHz: null }
      const levels = Float64Array.from(steps, (histogram) => histogram.quantile(REACHED_SHARE))
      return { cutoffHz: findEdge(levels, rateHz) }
    },
  }
}

/** The lowest edge in levels per step, in decibels. */
export function findEdge(levels: Float64Array, rateHz: number): number | null {
  const compared = COMPARED_HZ / STEP_HZ
  const highest = Math.min(HIGHEST_EDGE_HZ, (HIGHEST_SHARE * rateHz) / 2)
  for (let step = LOWEST_EDGE_HZ / STEP_HZ; step * STEP_HZ <= highest; step++) {
    const below = meanOf(levels.subarray(step - compared, step))
    const above = meanOf(levels.subarray(step + 1, step + 1 + compared))
    if (!(below - above >= LEAST_DROP_DB)) continue
    const most = Math.min(above + MOST_RETURN_DB, MOST_ROUNDING_DB)
    if (levels.subarray(step + 1).every((level) => level <= most)) return edgeWithin(levels, step) * STEP_HZ
  }
  return null
}

/** The first fall is found before the edge itself: the steepest step near it is where it lies. */
function edgeWithin(levels: Float64Array, first: number): number {
  let best = first
  for (let step = first; step < Math.min(first + COMPARED_HZ / STEP_HZ, levels.length - 1); step++)
    if (levels[step - 1] - levels[step + 1] > levels[best - 1] - levels[best + 1]) best = step
  return best
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
