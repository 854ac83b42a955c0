import { createRealFft } from '../dsp/fft.ts'
import { periodicHannWindow } from '../dsp/window.ts'
import type { Hertz } from '../units/time.ts'
import { BAND_COUNT, bandEdgesHz, CELL_SEC, patternAt, PERIOD_SEC } from './pattern.ts'

export const DETECTOR_RATE_HZ: Hertz = 16_000
const SIZE = 1024
export const LEVEL_HOP = 160
/** What the last frame of a piece reads beyond the hops. */
export const FRAME_REACH_SAMPLES = SIZE - LEVEL_HOP
/** Places of the pattern that are told apart, every 10 ms. */
export const PHASE_COUNT = Math.round((PERIOD_SEC * DETECTOR_RATE_HZ) / LEVEL_HOP)
/** Levels are compared with those of this many frames before and after. */
const REACH = Math.round((1.25 * CELL_SEC * DETECTOR_RATE_HZ) / LEVEL_HOP)
/** A frame's slow course over the bands is the voice's: that many cosines of it are taken away. */
const SMOOTH_COUNT = 10

/** Of each band, frame by frame every 10 ms. */
export type BandRows = readonly Float64Array[]

/** Decibels of the bands of one channel at 16 kHz. */
export function bandLevels(samples: Float32Array): BandRows {
  const frameCount = Math.max(0, Math.floor((samples.length - SIZE) / LEVEL_HOP) + 1)
  const levels = Array.from({ length: BAND_COUNT }, () => new Float64Array(frameCount))
  const edges = bandEdgesHz.map((edgeHz) => Math.round((edgeHz * SIZE) / DETECTOR_RATE_HZ))
  const fft = createRealFft(SIZE)
  const window = periodicHannWindow(SIZE)
  const re = new Float64Array(SIZE / 2 + 1)
  const im = new Float64Array(SIZE / 2 + 1)
  const frame = new Float64Array(SIZE)
  for (let index = 0; index < frameCount; index++) {
    for (let at = 0; at < SIZE; at++) frame[at] = samples[index * LEVEL_HOP + at] * window[at]
    fft.forward(frame, re, im)
    for (let band = 0; band < BAND_COUNT; band++) {
      let power = 0
      for (let bin = edges[band]; bin < Math.max(edges[band] + 1, edges[band + 1]); bin++) {
        power += re[bin] ** 2 + im[bin] ** 2
      }
      levels[band][index] = 10 * Math.log10(power + 1e-9)
    }
  }
  return levels
}

/** The pattern as levels at every phase; a frame stands for its middle. */
export function patternLevels(): BandRows {
  known ??= deviations(
    Array.from({ length: BAND_COUNT }, (_, band) =>
      Float64Array.from({ length: 3 * PHASE_COUNT }, (_, at) =>
        patternAt(band, (at * LEVEL_HOP + SIZE / 2) / DETECTOR_RATE_HZ),
      ),
    ),
  ).map((row) => row.slice(PHASE_COUNT, 2 * PHASE_COUNT))
  return known
}
let known: BandRows | null = null

/** What stands out: each level against its own band around it, and then against its neighbors in the same frame. */
export function deviations(rows: BandRows): BandRows {
  const deviating = rows.map(withoutCourse)
  for (let frame = 0; frame < rows[0].length; frame++) {
    for (const cosine of cosines) {
      let share = 0
      for (let band = 0; band < BAND_COUNT; band++) share += cosine[band] * deviating[band][frame]
      for (let band = 0; band < BAND_COUNT; band++) deviating[band][frame] -= share * cosine[band]
    }
  }
  return deviating
}

const cosines: readonly Float64Array[] = Array.from({ length: SMOOTH_COUNT }, (_, order) => {
  const scale = Math.sqrt((order === 0 ? 1 : 2) / BAND_COUNT)
  return Float64Array.from(
    { length: BAND_COUNT },
    (_, band) => scale * Math.cos((Math.PI * (band + 0.5) * order) / BAND_COUNT),
  )
})

function withoutCourse(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at] + values[at]
  return values.map((value, at) => {
    const from = Math.max(0, at - REACH)
    const to = Math.min(values.length, at + REACH + 1)
    return value - (sums[to] - sums[from]) / (to - from)
  })
}
