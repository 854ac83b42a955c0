import { FRAME_SAMPLES } from '../../networks/source-filter/config.ts'
import { createWhitening } from '../../vocoder/envelope-filter.ts'
import type { VocoderFeatures } from '../../vocoder/features.ts'
import { createPitchCourse } from '../../vocoder/pitch-source.ts'
import { measureFundamental } from '../../vocoder/true-phase.ts'

/** A recording as a vocoder learns from it. */
export interface VocoderClip {
  readonly person: string
  readonly features: VocoderFeatures
  /** Without its envelope. */
  readonly target: Float32Array
  /** Where the voice is in its period, a complex number a frame. */
  readonly fundamental: Float32Array
}

/** @param x at 16 kHz, what the features were measured of */
export function createVocoderClip(person: string, x: Float64Array, features: VocoderFeatures): VocoderClip {
  const target = Float32Array.from(createWhitening(features.cepstra).apply(x))
  const course = createPitchCourse(features.f0)(0, x.length)
  return { person, features, target, fundamental: measureFundamental(target, course) }
}

/** Whole frames of sound. */
export const framesOf = ({ target }: VocoderClip): number => Math.floor(target.length / FRAME_SAMPLES)
