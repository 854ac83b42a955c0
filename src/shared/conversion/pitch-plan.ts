import type { Numbers } from '../dsp/numbers.ts'
import { semitonesToRatio } from '../units/pitch.ts'
import { automaticSemitones } from './automatic-transposition.ts'
import { countVoiced } from './auxiliary.ts'
import type { EmotionStatistics } from './emotions/definition.ts'
import { expressPitch, type Intensity } from './emotions/express.ts'
import { median } from './transposition/phase.ts'

/** What happens to the pitch of a source. */
export interface PitchPlan {
  readonly semitones: number
  /** Factor per 5 ms frame, or one for all; null leaves the waveform as it is. */
  readonly ratio: number | Float64Array | null
  /** Hz per 5 ms frame after the move, 0 unvoiced. */
  readonly f0: Float32Array
}

export interface PitchRequest {
  readonly transposition: { readonly kind: 'auto' } | { readonly kind: 'semitones'; readonly semitones: number }
  readonly singerMedianLog2F0: number
  readonly emotion: EmotionStatistics | null
  readonly intensity: Intensity
}

/** From the source's f0 (Hz, 0 unvoiced). Where nothing is voiced nothing moves. */
export function planPitch(f0: Float32Array, request: PitchRequest): PitchPlan {
  const sourceMedian = medianLog2F0(f0)
  if (sourceMedian === null) return { semitones: 0, ratio: null, f0 }
  const semitones =
    request.transposition.kind === 'auto'
      ? automaticSemitones(sourceMedian, request.singerMedianLog2F0)
      : request.transposition.semitones
  const expressed = request.emotion ? expressPitch(f0, request.emotion, request.intensity) : null
  if (semitones === 0 && expressed === null) return { semitones, ratio: null, f0 }
  const moved = semitonesToRatio(semitones)
  const ratio = expressed ? expressed.map((factor) => factor * moved) : moved
  return { semitones, ratio, f0: f0.map((hz, frame) => hz * (typeof ratio === 'number' ? ratio : ratio[frame])) }
}

/** Median of log2 of the voiced pitch; null where nothing is voiced. */
export const medianLog2F0 = (f0: Numbers): number | null =>
  countVoiced(f0) === 0 ? null : Math.log2(median(f0.filter((hz: number) => hz > 0)))
