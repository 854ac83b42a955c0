import type { Performance } from '../project/performance.ts'
import { blendShares } from './blend.ts'
import { isZero, overFrames, type OverFrames } from './over-frames.ts'
import type { PreparedSinger } from './prepared-singer.ts'
import type { AnalysisSpan } from './windows.ts'

/** What of a performance is heard; what is left out is as in `defaultPerformance`. */
export type AskedPerformance = Pick<Performance, 'emotion' | 'transposition' | 'strength'> & Partial<Performance>

/** A singer with a share of the voice. */
export interface Voice {
  readonly singer: PreparedSinger
  readonly share: OverFrames
}

/** A performance at the frames of a span. */
export interface FramedPerformance {
  /** Whoever is heard anywhere; shares sum to 1 at every frame. */
  readonly voices: readonly Voice[]
  readonly intensity: OverFrames
  /** Semitones on top of the transposition. */
  readonly transposition: OverFrames
  /** Semitones. */
  readonly formant: OverFrames
}

/** `singers`: the performance's own, then those of its blend, in its order. */
export function framedPerformance(
  { emotion, formantSemitones = 0, blend = [], curves }: AskedPerformance,
  singers: readonly PreparedSinger[],
  span: AnalysisSpan,
): FramedPerformance {
  const shares = blendShares(blend, span)
  return {
    voices: singers.map((singer, index) => ({ singer, share: shares[index] })).filter(({ share }) => !isZero(share)),
    intensity: overFrames(emotion.intensity, curves?.intensity ?? null, span),
    transposition: overFrames(0, curves?.transposition ?? null, span),
    formant: overFrames(formantSemitones, curves?.formant ?? null, span),
  }
}
