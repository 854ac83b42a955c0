import type { Numbers } from '../dsp/numbers.ts'
import { createSlidingSpectra, windowSize } from './sliding-spectra.ts'

/** Up to where a recording holds sound. */
export interface BandwidthReport {
  /** Where the sound stops as if cut off with a knife; null where it fades into the recording's own noise or reaches the top. */
  readonly cutoffHz: number | null
}

/**
 * A microphone's noise reaches to the top of what a converter records. A coder, or a rate that was once lower, leaves
 * nothing above an edge: the mean level (in decibels, over the sounding frames) drops there within half a kilohertz.
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
 * Above the edge there is nothing but the rounding of 16 bits (−121 dB a step, with dither a little more), which varies
 * as little as noise of 11 bins does (1.7 dB), or less than that. Where a voice fades into a microphone's noise there is
 * more, and where it merely fades it goes on varying with the voice.
 */
const MOST_ROUNDING_DB = -110
const MOST_VARIATION_DB = 2.6
const NOTHING_DB = -135
/** Frames within 30 dB of the loudest so far. */
const ACTIVE_RATIO = 1e-3

export interface BandwidthMeter {
  push(mono: Numbers): void
  finish(): BandwidthReport
}

/** Takes mono sound in blocks. `hopSec`: how often it listens; the mean needs some dozens of windows. */
export function createBandwidthMeter(rateHz: number, hopSec: number): BandwidthMeter {
  const size = windowSize(WINDOW_SEC, rateHz)
  const binsPerStep = (STEP_HZ * size) / rateHz
  const stepCount = Math.floor(rateHz / 2 / STEP_HZ)
  const sums = new Float64Array(stepCount)
  const squares = new Float64Array(stepCount)
  let count = 0
  let loudest = 0
  const spectra = createSlidingSpectra(size, Math.round(hopSec * rateHz), (power) => {
    const total = power.reduce((sum, value) => sum + value, 0)
    loudest = Math.max(loudest, total)
    if (total === 0 || total < loudest * ACTIVE_RATIO) return
    count++
    for (let step = 0; step < stepCount; step++) {
      let sum = 0
      const [first, end] = [Math.round(step * binsPerStep), Math.round((step + 1) * binsPerStep)]
      for (let bin = first; bin < end; bin++) sum += power[bin]
      const level = 10 * Math.log10(sum + 1e-18)
      sums[step] += level
      squares[step] += level * level
    }
  })
  return {
    push: (mono) => spectra.push(mono),
    finish() {
      if (count === 0) return { cutoffHz: null }
      const levels = sums.map((sum) => sum / count)
      const variations = squares.map((sum, step) => Math.sqrt(Math.max(0, sum / count - levels[step] ** 2)))
      return { cutoffHz: findEdge(levels, variations, rateHz) }
    },
  }
}

/** The lowest edge in levels per step, in decibels, and how they vary over time. */
export function findEdge(levels: Float64Array, variations: Float64Array, rateHz: number): number | null {
  const compared = COMPARED_HZ / STEP_HZ
  const highest = Math.min(HIGHEST_EDGE_HZ, (HIGHEST_SHARE * rateHz) / 2)
  for (let step = LOWEST_EDGE_HZ / STEP_HZ; step * STEP_HZ <= highest; step++) {
    const below = meanOf(levels.subarray(step - compared, step))
    const above = meanOf(levels.subarray(step + 1, step + 1 + compared))
    if (!(below - above >= LEAST_DROP_DB)) continue
    const isEmpty = (level: number, at: number) =>
      level <= Math.min(above + MOST_RETURN_DB, MOST_ROUNDING_DB) &&
      (variations[step + 1 + at] < MOST_VARIATION_DB || level < NOTHING_DB)
    if (levels.subarray(step + 1).every(isEmpty)) return edgeWithin(levels, step) * STEP_HZ
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
