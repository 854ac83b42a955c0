import { subProgress, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { analyzePitch } from './analyze.ts'
import { breathGainsDb, measureMovedBreath } from './breath-match.ts'
import { knownPitch, type KnownAnalysis } from './known-analysis.ts'
import { createMovedVoice, type VoiceMove } from './moved-voice.ts'
import { correctedRatio } from './pitch-correction.ts'
import type { PitchPlan } from './pitch-plan.ts'
import { createNoiseShaper } from './harmonics-to-noise.ts'
import type { Resample } from './sound.ts'
import type { AnalysisSpan, Survey } from './windows.ts'

/** From this move on grains are chosen, the pitch is corrected and the breath is brought to the singer's. */
const GREAT_FROM_SEMITONES = 7

/** How a voice is moved far. */
export interface GreatMove {
  readonly move: VoiceMove
  /** dB per band of `BandRatios` by which its noise part is changed; where less than 0, `move` cuts what is uneven, too. */
  readonly gainsDb: Float64Array
}

export interface GreatMoveRequest {
  readonly span: AnalysisSpan
  readonly survey: Survey
  /** Hz per 5 ms frame, 0 unvoiced. */
  readonly f0: Float32Array
  readonly plan: PitchPlan
  /** As in `SingerModel`. */
  readonly bandHarmonicsToNoiseDb: Numbers
  readonly resample: Resample
  readonly kernels: Kernels
  readonly known?: KnownAnalysis | undefined
}

/**
 * What an octave changes most is tried and measured first: the voice is moved, its pitch is tracked, and the move is
 * corrected by what it is off; its breath is measured, and the noise part changed until it is the singer's; where it is
 * made softer, what is uneven in the moved voice is, too. Upwards the grains are mixed. Null for a small move.
 */
export function planGreatMove(request: GreatMoveRequest, progress: Progress): GreatMove | null {
  const { span, survey, f0, plan, bandHarmonicsToNoiseDb, resample, kernels, known } = request
  if (plan.ratio === null || Math.abs(plan.meanSemitones) < GREAT_FROM_SEMITONES) return null
  const steps = kernels.transposition
  const tried: VoiceMove = {
    ratio: plan.ratio,
    grains: plan.meanSemitones > 0 ? 'between' : 'nearest',
    isNoiseToneless: true,
  }
  const read = createMovedVoice(span, f0, tried, null, steps)
  const findPitch = () => analyzePitch(span, survey, resample, subProgress(progress, 0, 0.6), kernels, read)
  const found = knownPitch(known, span, survey, findPitch, [plan.ratio])
  const move: VoiceMove = { ...tried, ratio: correctedRatio(plan.ratio, plan.f0, found) }
  const measured = { f0, movedF0: plan.f0, move }
  const breath = measureMovedBreath(span, survey, measured, steps, subProgress(progress, 0.6, 1))
  const gainsDb = breathGainsDb(breath, bandHarmonicsToNoiseDb)
  const shape = createNoiseShaper(
    gainsDb.map((db) => Math.min(db, 0)),
    span.source.rateHz,
    kernels.filter,
  )
  return { move: { ...move, unevenness: { f0: plan.f0, shape } }, gainsDb }
}
