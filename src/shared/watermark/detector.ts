import { concatenated } from '../base/concatenated.ts'
import type { Seconds } from '../units/time.ts'
import {
  bandLevels,
  DETECTOR_RATE_HZ,
  deviations,
  FRAME_REACH_SAMPLES,
  LEVEL_HOP,
  patternLevels,
  PHASE_COUNT,
  type BandRows,
} from './levels.ts'
import { BAND_COUNT, CELL_SEC } from './pattern.ts'

/** Whether a sound carries the mark. */
export interface Detection {
  /** How many standard deviations the best place of the pattern stands above all other places. */
  readonly score: number
  readonly isMarked: boolean
  /** Where in the pattern the sound begins. */
  readonly startSec: Seconds
}

/** Shorter sounds say nothing. */
export const SHORTEST_SEC: Seconds = 3
/** The score from which a sound counts as marked: see README.md for how often others reach it. */
export const THRESHOLD = 5.5

/** Fifteen periods. */
const PIECE_SAMPLES = 15 * PHASE_COUNT * LEVEL_HOP
const LARGEST_DEVIATION_DB = 3
/** This far below the loudest of a piece there is nothing but noise. */
const QUIET_DB = 75
/** Frames in which much moves say little: each counts by its deviation to this power. */
const TRUST_POWER = -1.5
const STILL_DB = 0.3

/** Listens to one channel at 16 kHz, piece by piece: what it holds does not grow with the sound. */
export interface MarkDetector {
  push(samples: Float32Array): void
  finish(): Detection
}

/**
 * Levels of the mark's bands, each against its own around it, are laid over each other period by period and compared
 * with the pattern at each of its places.
 */
export function createMarkDetector(): MarkDetector {
  const folded = Array.from({ length: BAND_COUNT }, () => new Float64Array(PHASE_COUNT))
  let pending = new Float32Array(0)

  function fold(samples: Float32Array): void {
    const levels = bandLevels(samples)
    if (levels[0].length > 0) foldDeviations(levels, folded)
  }
  return {
    push(samples) {
      pending = concatenated([pending, samples])
      // A piece is so many whole periods, and what its last frame reaches beyond.
      while (pending.length >= PIECE_SAMPLES + FRAME_REACH_SAMPLES) {
        fold(pending.subarray(0, PIECE_SAMPLES + FRAME_REACH_SAMPLES))
        pending = pending.slice(PIECE_SAMPLES)
      }
    },
    finish() {
      fold(pending)
      return comparePattern(folded)
    },
  }
}

function comparePattern(folded: BandRows): Detection {
  const wanted = patternLevels()
  const sums = Float64Array.from({ length: PHASE_COUNT }, (_, phase) => {
    let sum = 0
    for (let band = 0; band < BAND_COUNT; band++) {
      const row = folded[band]
      const pattern = wanted[band]
      for (let at = 0; at < PHASE_COUNT - phase; at++) sum += row[at] * pattern[at + phase]
      for (let at = PHASE_COUNT - phase; at < PHASE_COUNT; at++) sum += row[at] * pattern[at + phase - PHASE_COUNT]
    }
    return sum
  })
  const best = sums.reduce((most, sum, phase) => (sum > sums[most] ? phase : most), 0)
  const score = standOut(sums, best)
  return { score, isMarked: score >= THRESHOLD, startSec: (best * LEVEL_HOP) / DETECTOR_RATE_HZ }
}

/** How far one place stands above the others, in their standard deviations; its neighbors share its cells. */
function standOut(sums: Float64Array, best: number): number {
  const near = Math.round((1.25 * CELL_SEC * DETECTOR_RATE_HZ) / LEVEL_HOP)
  const others = sums.filter((_, phase) => {
    const distance = Math.abs(phase - best)
    return Math.min(distance, PHASE_COUNT - distance) > near
  })
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length
  const deviation = Math.sqrt(others.reduce((sum, value) => sum + (value - mean) ** 2, 0) / others.length)
  return deviation === 0 ? 0 : (sums[best] - mean) / deviation
}

function foldDeviations(levels: BandRows, folded: BandRows): void {
  const deviating = deviations(levels)
  const loudest = levels.reduce((most, row) => row.reduce((peak, level) => Math.max(peak, level), most), -Infinity)
  for (let frame = 0; frame < levels[0].length; frame++) {
    const isQuiet = levels.every((row) => row[frame] < loudest - QUIET_DB)
    if (isQuiet) continue
    const power = deviating.reduce((sum, row) => sum + row[frame] ** 2, 0) / BAND_COUNT
    const trust = (Math.sqrt(power) + STILL_DB) ** TRUST_POWER
    for (let band = 0; band < BAND_COUNT; band++) {
      const deviation = Math.max(-LARGEST_DEVIATION_DB, Math.min(LARGEST_DEVIATION_DB, deviating[band][frame]))
      folded[band][frame % PHASE_COUNT] += trust * deviation
    }
  }
}
