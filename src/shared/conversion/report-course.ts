import type { ComparedFrames } from './compared-frames.ts'
import { FRAMES_PER_SEC } from './features.ts'
import { median } from './transposition/phase.ts'

/** As many as a card has room for; a span is never shorter than this. */
const MOST_SPANS = 120
const SHORTEST_SPAN_SEC = 0.05
/** Below this under the loudest span, a source is taken for silent: a level would be one of breath and noise. */
const SILENT_DB = 45
const POWER_FLOOR = 1e-12

/**
 * What the figures of a report come to along the region: one value for each span of `spanSec`, in order, the last of
 * them shorter. Null where the span has nothing to measure.
 */
export interface ReportCourse {
  readonly spanSec: number
  /** Median distance from the expected pitch. */
  readonly pitchErrorCents: readonly (number | null)[]
  /** Share of sounding frames that are voiced in one and unvoiced in the other. */
  readonly voicingDisagreement: readonly (number | null)[]
  /** Power of the render against the source's. */
  readonly levelChangeDb: readonly (number | null)[]
}

interface CourseInput extends ComparedFrames {
  readonly durationSec: number
  readonly sourcePowers: Float32Array
  readonly renderPowers: Float32Array
  readonly stepsPerSec: number
}

/** Cuts a region into at most 120 spans of equal length and measures each by itself. */
export function courseOf(input: CourseInput): ReportCourse {
  const { durationSec, pitchErrorsCents, voicingDiffers, sourcePowers, renderPowers, stepsPerSec } = input
  const spanCount = Math.max(1, Math.min(MOST_SPANS, Math.floor(durationSec / SHORTEST_SPAN_SEC)))
  const spanSec = durationSec / spanCount
  const spans = Array.from({ length: spanCount }, (_, index) => index * spanSec)
  const framesIn = (values: Float32Array, startSec: number) =>
    cut(values, startSec, spanSec, FRAMES_PER_SEC).filter((value) => !Number.isNaN(value))
  const powersOf = (powers: Float32Array) => spans.map((startSec) => mean(cut(powers, startSec, spanSec, stepsPerSec)))
  const [source, render] = [powersOf(sourcePowers), powersOf(renderPowers)]
  const least = Math.max(0, ...source) * 10 ** (-SILENT_DB / 10)
  return {
    spanSec,
    pitchErrorCents: spans.map((startSec) => {
      const errors = framesIn(pitchErrorsCents, startSec)
      return errors.length === 0 ? null : rounded(median(errors), 1)
    }),
    voicingDisagreement: spans.map((startSec) => {
      const frames = framesIn(voicingDiffers, startSec)
      return frames.length === 0 ? null : rounded(mean(frames), 3)
    }),
    levelChangeDb: source.map((power, span) =>
      power > Math.max(least, POWER_FLOOR)
        ? rounded(10 * Math.log10((render[span] + POWER_FLOOR) / (power + POWER_FLOOR)), 1)
        : null,
    ),
  }
}

const cut = (values: Float32Array, startSec: number, spanSec: number, perSec: number): Float32Array =>
  values.subarray(Math.round(startSec * perSec), Math.round((startSec + spanSec) * perSec))

const mean = (values: Float32Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** What a card can show; without −0. */
const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals)) + 0
