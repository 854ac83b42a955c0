import type { Numbers } from '../dsp/numbers.ts'

/** How well one pitch track follows another; frames at the same hop, 0 where unvoiced. */
export interface PitchFigures {
  /** Median of |error| over frames voiced in both, cents; null where there are none. */
  readonly medianCents: number | null
  /** The same over frames that are well inside voiced stretches of both: edges are where trackers guess. */
  readonly interiorMedianCents: number | null
  /** Share of jointly voiced frames off by more than 20 %: gross errors as pitch trackers are compared by. */
  readonly grossShare: number
  /** Share of jointly voiced frames off by more than 50 cents: creaks and edges, where trackers slip, among them. */
  readonly strayShare: number
  /** Share of all frames voiced in one and unvoiced in the other. */
  readonly voicingDisagreement: number
}

const GROSS_CENTS = 1200 * Math.log2(1.2)
const STRAY_CENTS = 50
/** Frames at each edge of a voiced stretch that do not count as interior: 25 ms at 5 ms. */
const EDGE_FRAMES = 5

/** Compares `f0` (Hz) with `reference` (Hz) moved by `semitones`. */
export function comparePitch(f0: Numbers, reference: Numbers, semitones: number): PitchFigures {
  const frameCount = Math.min(f0.length, reference.length)
  const isInterior = interiorFrames(f0, reference, frameCount)
  const errors: number[] = []
  const interiorErrors: number[] = []
  let disagreements = 0
  for (let frame = 0; frame < frameCount; frame++) {
    if (f0[frame] > 0 !== reference[frame] > 0) disagreements++
    if (f0[frame] <= 0 || reference[frame] <= 0) continue
    const cents = Math.abs(1200 * Math.log2(f0[frame] / reference[frame]) - 100 * semitones)
    errors.push(cents)
    if (isInterior[frame]) interiorErrors.push(cents)
  }
  const shareOver = (limit: number) => errors.filter((cents) => cents > limit).length / Math.max(errors.length, 1)
  return {
    medianCents: median(errors),
    interiorMedianCents: median(interiorErrors),
    grossShare: shareOver(GROSS_CENTS),
    strayShare: shareOver(STRAY_CENTS),
    voicingDisagreement: frameCount === 0 ? 0 : disagreements / frameCount,
  }
}

function interiorFrames(f0: Numbers, reference: Numbers, frameCount: number): boolean[] {
  const isVoiced = Array.from({ length: frameCount }, (_, frame) => f0[frame] > 0 && reference[frame] > 0)
  const sinceUnvoiced = new Int32Array(frameCount)
  for (let frame = 0, run = 0; frame < frameCount; frame++) sinceUnvoiced[frame] = run = isVoiced[frame] ? run + 1 : 0
  const untilUnvoiced = new Int32Array(frameCount)
  for (let frame = frameCount - 1, run = 0; frame >= 0; frame--)
    untilUnvoiced[frame] = run = isVoiced[frame] ? run + 1 : 0
  return isVoiced.map((_, frame) => Math.min(sinceUnvoiced[frame], untilUnvoiced[frame]) > EDGE_FRAMES)
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
