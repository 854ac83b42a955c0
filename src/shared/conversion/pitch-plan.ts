import type { Numbers } from '../dsp/numbers.ts'
import type { Performance } from '../project/performance.ts'
import { semitonesToRatio } from '../units/pitch.ts'
import { automaticSemitones, type VoiceRegister } from './automatic-transposition.ts'
import { countVoiced } from './auxiliary.ts'
import { FRAMES_PER_SEC } from './features.ts'
import { isZero, valueAt, type OverFrames } from './over-frames.ts'
import type { SingerModel } from './singer-model.ts'
import { isMelodic, isSung, measureSteadiness } from './steadiness.ts'
import { median } from './transposition/phase.ts'

/** A singer's bank holds every second frame. */
const BANK_FRAMES_PER_SEC = FRAMES_PER_SEC / 2

/** What happens to the pitch of a source. */
export interface PitchPlan {
  /** By which the whole is transposed. */
  readonly semitones: number
  /** Mean of that and the drawn transposition over the voiced frames. */
  readonly meanSemitones: number
  /** Factor per 5 ms frame, or one for all; null leaves the waveform as it is. */
  readonly ratio: number | Float64Array | null
  /** Hz per 5 ms frame after the move, 0 unvoiced. */
  readonly f0: Float32Array
}

export interface PitchRequest {
  readonly transposition: Performance['transposition']
  /** Semitones per frame by which the melody itself was edited, or null. Transposition and emotion come on top. */
  readonly melodyShift: Float64Array | null
  /** Semitones on top of the transposition. */
  readonly offset: OverFrames
  readonly singer: VoiceRegister
  /** Octaves per frame by which an emotion moves the melody as edited; null for none. */
  readonly express: (melody: Float32Array) => Float64Array | null
}

/** From the source's f0 (Hz, 0 unvoiced). Where nothing is voiced nothing moves. */
export function planPitch(f0: Float32Array, request: PitchRequest): PitchPlan {
  if (countVoiced(f0) === 0) return { semitones: 0, meanSemitones: 0, ratio: null, f0 }
  const { transposition, melodyShift, offset, express } = request
  const semitones =
    transposition.kind === 'auto' ? automaticSemitones(voiceRegister(f0), request.singer) : transposition.semitones
  const edited = melodyShift && melodyShift.map(semitonesToRatio)
  const melody = edited ? f0.map((hz, frame) => hz * edited[frame]) : f0
  const expressed = express(melody)?.map((octaves) => 2 ** octaves) ?? null
  if (semitones === 0 && isZero(offset) && edited === null && expressed === null)
    return { semitones, meanSemitones: 0, ratio: null, f0 }
  const moved = semitonesOver(semitones, offset)
  const ratio = ratioOf(moved, [expressed, edited])
  return {
    semitones,
    meanSemitones: typeof moved === 'number' ? moved : voicedMean(moved, f0),
    ratio,
    f0: f0.map((hz, frame) => hz * valueAt(ratio, frame)),
  }
}

/** Whether an emotion keeps the notes; `automatic` hears it from the steadiness of the pitch. */
export const keepsNotes = (f0: Numbers, delivery: Performance['delivery']): boolean =>
  delivery === 'automatic' ? isMelodic(measureSteadiness(f0, FRAMES_PER_SEC)) : delivery === 'sung'

const semitonesOver = (semitones: number, offset: OverFrames): number | Float64Array =>
  typeof offset === 'number' ? semitones + offset : Float64Array.from(offset, (value) => semitones + value)

/** The transposition times whatever factors there are; one number where nothing of it changes over time. */
function ratioOf(semitones: number | Float64Array, factors: readonly (Float64Array | null)[]): number | Float64Array {
  const moved = typeof semitones === 'number' ? semitonesToRatio(semitones) : semitones.map(semitonesToRatio)
  return factors.reduce<number | Float64Array>(
    (ratio, factor) => (factor === null ? ratio : factor.map((value, frame) => value * valueAt(ratio, frame))),
    moved,
  )
}

function voicedMean(values: Float64Array, f0: Float32Array): number {
  let sum = 0
  values.forEach((value, frame) => {
    if (f0[frame] > 0) sum += value
  })
  return sum / countVoiced(f0)
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
