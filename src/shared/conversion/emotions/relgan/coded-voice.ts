import { failure, FailureError } from '../../../base/errors.ts'
import type { Kernels } from '../../../kernels/kernels.ts'
import { CEPSTRA } from '../../../networks/relgan/config.ts'
import { forEachEnvelope, harvest } from '../../../world/index.ts'
import { ANALYSIS_PEAK, FRAME_PERIOD_SEC } from '../../features.ts'
import type { Resample } from '../../sound.ts'
import { CODED_RATE_HZ, codePower } from './envelope-code.ts'

const F0_FLOOR_HZ = 71
const F0_CEIL_HZ = 800
/** Frames fainter than this below the loudest are silence, and left out: 48 dB in ln of power. */
const SILENCE_RANGE = 11.05

/** A recording as RelGAN sees it: WORLD at 22,050 Hz and 5 ms, silence left out. */
export interface CodedVoice {
  /** [frames × 36] */
  readonly cepstra: Float32Array
  /** Hz per frame, 0 where unvoiced. */
  readonly f0: Float32Array
}

/**
 * Harvest, CheapTrick and the envelope's code of a whole recording, raised to one peak.
 * @param edgeHz above, the envelope is held (`codePower`)
 * Errors: `audio-empty`, `audio-silent`.
 */
export function codeVoice(
  mono: Float32Array,
  rateHz: number,
  edgeHz: number,
  resample: Resample,
  kernels: Kernels,
): CodedVoice {
  if (mono.length === 0)
    throw new FailureError(failure('audio-empty', 'The recording holds no samples.', 'Choose another recording.'))
  const x = Float64Array.from(rateHz === CODED_RATE_HZ ? mono : resample(mono, rateHz, CODED_RATE_HZ))
  const peak = x.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  if (peak === 0) {
    const message = 'The recording is silent: every sample is zero.'
    throw new FailureError(failure('audio-silent', message, 'Choose another recording.'))
  }
  for (let index = 0; index < x.length; index++) x[index] *= ANALYSIS_PEAK / peak
  const pitch = { f0FloorHz: F0_FLOOR_HZ, f0CeilHz: F0_CEIL_HZ, framePeriodSec: FRAME_PERIOD_SEC }
  const f0 = harvest(x, CODED_RATE_HZ, pitch, kernels.pitch)
  const cepstra = new Float32Array(f0.length * CEPSTRA)
  const levels = new Float64Array(f0.length)
  const take = (frame: number, power: Float64Array) => {
    levels[frame] = Math.log(power.reduce((sum, value) => sum + value, 0) / power.length)
    codePower(power, edgeHz, cepstra.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA))
  }
  forEachEnvelope(x, CODED_RATE_HZ, f0, { framePeriodSec: FRAME_PERIOD_SEC }, take, kernels.envelopes)
  return withoutSilence(cepstra, f0, levels)
}

function withoutSilence(cepstra: Float32Array, f0: Float64Array, levels: Float64Array): CodedVoice {
  const loudest = levels.reduce((most, level) => Math.max(most, level), -Infinity)
  const sounding = Array.from(levels.keys()).filter((frame) => levels[frame] > loudest - SILENCE_RANGE)
  const kept = new Float32Array(sounding.length * CEPSTRA)
  sounding.forEach((frame, index) =>
    kept.set(cepstra.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA), index * CEPSTRA),
  )
  return { cepstra: kept, f0: Float32Array.from(sounding, (frame) => f0[frame]) }
}
