import type { Numbers } from '../dsp/numbers.ts'
import { semitonesToRatio } from '../units/pitch.ts'
import { automaticSemitones, type VoiceRegister } from './automatic-transposition.ts'
import { countVoiced } from './auxiliary.ts'
import type { EmotionStatistics } from './emotions/definition.ts'
import { expressPitch, type Intensity } from './emotions/express.ts'
import { FRAMES_PER_SEC } from './features.ts'
import type { SingerModel } from './singer-model.ts'
import { isSung, measureSteadiness } from './steadiness.ts'
import { median } from './transposition/phase.ts'

/** A singer's bank holds every second frame. */
const BANK_FRAMES_PER_SEC = FRAMES_PER_SEC / 2

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
  readonly singer: VoiceRegister
  readonly emotion: EmotionStatistics | null
  readonly intensity: Intensity
}

/** From the source's f0 (Hz, 0 unvoiced). Where nothing is voiced nothing moves. */
export function planPitch(f0: Float32Array, request: PitchRequest): PitchPlan {
  if (countVoiced(f0) === 0) return { semitones: 0, ratio: null, f0 }
  const semitones =
    request.transposition.kind === 'auto'
      ? automaticSemitones(voiceRegister(f0), request.singer)
      : request.transposition.semitones
  const expressed = request.emotion ? expressPitch(f0, request.emotion, request.intensity) : null
  if (semitones === 0 && expressed === null) return { semitones, ratio: null, f0 }
  const moved = semitonesToRatio(semitones)
  const ratio = expressed ? expressed.map((factor) => factor * moved) : moved
  return { semitones, ratio, f0: f0.map((hz, frame) => hz * (typeof ratio === 'number' ? ratio : ratio[frame])) }
}

/** Where a voice lies, by its f0 in Hz per 5 ms frame, 0 unvoiced. */
export const voiceRegister = (f0: Numbers): VoiceRegister => ({
  medianLog2F0: countVoiced(f0) === 0 ? null : Math.log2(median(f0.filter((hz: number) => hz > 0))),
  isSung: isSung(measureSteadiness(f0, FRAMES_PER_SEC)),
})

/** Where a singer lies, by the clips that were learned from. */
export const singerRegister = ({ medianLog2F0, bank }: Pick<SingerModel, 'medianLog2F0' | 'bank'>): VoiceRegister => ({
  medianLog2F0,
  isSung: isSung(measureSteadiness(bank.f0, BANK_FRAMES_PER_SEC)),
})
