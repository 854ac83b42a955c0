import type { Numbers } from '../../dsp/numbers.ts'
import { hzToCents } from '../../units/pitch.ts'
import type { Seconds } from '../../units/time.ts'

/** A pitch contour: `f0Hz[i]` at `timesSec[i]` (ascending), 0 where nothing is voiced. */
export interface PitchSeries {
  readonly timesSec: Numbers
  readonly f0Hz: Numbers
}

/** Sums over frames; add those of several recordings before making figures of them. */
export interface MelodyCounts {
  readonly frames: number
  readonly voiced: number
  /** Frames that the reference and the estimate call voiced, and that only the estimate does. */
  readonly hits: number
  readonly falseAlarms: number
  /** Hits within half a semitone, and within half a semitone of some octave. */
  readonly rightPitch: number
  readonly rightChroma: number
}

/** The published melody figures; all are shares 0…1, and 0 where their denominator is. */
export interface MelodyFigures {
  readonly rawPitchAccuracy: number
  readonly rawChromaAccuracy: number
  readonly voicingRecall: number
  readonly voicingFalseAlarm: number
  readonly overallAccuracy: number
  /** Share of the hits that are an octave or more away and right in chroma: not of the published set. */
  readonly octaveErrors: number
}

const toleranceCents = 50
const centsPerOctave = 1200

/**
 * Compares an estimate with a reference at the reference's times. Definitions: Salamon, Gómez, Ellis and Richard 2014,
 * "Melody extraction from polyphonic music signals", as the library mir_eval 0.8 computes them; a tracker that calls a
 * frame unvoiced gives no pitch for it, so such a frame counts against raw pitch and chroma accuracy.
 */
export function countMelody(reference: PitchSeries, estimate: PitchSeries): MelodyCounts {
  const estimated = resampleContour(estimate, reference.timesSec)
  const frames = reference.f0Hz.length
  let [voiced, hits, falseAlarms, rightPitch, rightChroma] = [0, 0, 0, 0, 0]
  for (let i = 0; i < frames; i++) {
    const isVoiced = reference.f0Hz[i] > 0
    if (isVoiced) voiced++
    if (estimated[i] <= 0) continue
    if (!isVoiced) {
      falseAlarms++
      continue
    }
    hits++
    const awayCents = Math.abs(hzToCents(estimated[i], reference.f0Hz[i]))
    const octaves = centsPerOctave * Math.floor(awayCents / centsPerOctave + 0.5)
    if (awayCents < toleranceCents) rightPitch++
    if (Math.abs(awayCents - octaves) < toleranceCents) rightChroma++
  }
  return { frames, voiced, hits, falseAlarms, rightPitch, rightChroma }
}

export const addCounts = (counts: readonly MelodyCounts[]): MelodyCounts => {
  const sum = (of: (one: MelodyCounts) => number) => counts.reduce((total, one) => total + of(one), 0)
  return {
    frames: sum((one) => one.frames),
    voiced: sum((one) => one.voiced),
    hits: sum((one) => one.hits),
    falseAlarms: sum((one) => one.falseAlarms),
    rightPitch: sum((one) => one.rightPitch),
    rightChroma: sum((one) => one.rightChroma),
  }
}

export function melodyFigures(counts: MelodyCounts): MelodyFigures {
  const { frames, voiced, hits, falseAlarms, rightPitch, rightChroma } = counts
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  const unvoiced = frames - voiced
  return {
    rawPitchAccuracy: share(rightPitch, voiced),
    rawChromaAccuracy: share(rightChroma, voiced),
    voicingRecall: share(hits, voiced),
    voicingFalseAlarm: share(falseAlarms, unvoiced),
    overallAccuracy: share(rightPitch + unvoiced - falseAlarms, frames),
    octaveErrors: share(rightChroma - rightPitch, hits),
  }
}

/**
 * The contour at other times: linear between frames, an unvoiced frame holding the pitch before it, and voiced where
 * the frame at or before the time is. Past the last frame it runs down to 0, as the library does.
 */
export function resampleContour({ timesSec, f0Hz }: PitchSeries, newTimesSec: Numbers): Float64Array {
  const last = timesSec.length - 1
  const held = Float64Array.from(f0Hz)
  for (let i = 1; i <= last; i++) if (held[i] === 0) held[i] = held[i - 1]
  let left = 0
  return Float64Array.from(newTimesSec, (timeSec) => {
    const rounded = roundedSec(timeSec)
    while (left < last && roundedSec(timesSec[left + 1]) <= rounded) left++
    if (last < 0 || f0Hz[left] === 0) return 0
    if (left === last) return rounded > roundedSec(timesSec[last]) ? 0 : held[last]
    const share = (rounded - timesSec[left]) / (timesSec[left + 1] - timesSec[left])
    return held[left] + Math.max(0, share) * (held[left + 1] - held[left])
  })
}

const roundedSec = (timeSec: Seconds): Seconds => Math.round(timeSec * 1e10) / 1e10
