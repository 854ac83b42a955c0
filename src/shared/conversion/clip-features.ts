import { failure, FailureError } from '../base/errors.ts'
import { subProgress, type Progress } from '../base/progress.ts'
import { plainKernels, type Kernels } from '../kernels/kernels.ts'
import { analyzeEnvelopes, analyzePitch, readWindow } from './analyze.ts'
import { ANALYSIS_RATE_HZ } from './features.ts'
import { measureHarmonicsToNoise, type BandRatios } from './harmonics-to-noise.ts'
import type { Resample, SampleSource } from './sound.ts'
import { planSpan, surveySpan } from './windows.ts'

/** What training, enrolling and emotions take from one recording. Frames of 5 ms. */
export interface ClipFeatures {
  /** ln of power per mel band, [frames × 64]. */
  readonly lm: Float32Array
  /** Hz, 0 unvoiced. */
  readonly f0: Float32Array
  readonly harmonicsToNoise: BandRatios
  /** Recorded under 24 kHz: the highest bands are empty. */
  readonly isNarrow: boolean
  /** Largest absolute sample. */
  readonly peak: number
}

/**
 * Analyzes a whole recording of any length, as conversion does.
 * Errors: `audio-empty`, `audio-silent`, `audio-not-finite`.
 */
export function analyzeClip(
  source: SampleSource,
  resample: Resample,
  progress: Progress,
  kernels: Kernels = plainKernels,
): ClipFeatures {
  if (source.durationSamples === 0)
    throw new FailureError(failure('audio-empty', 'The recording holds no samples.', 'Choose another recording.'))
  const span = planSpan(source, 0, source.durationSamples)
  const survey = surveySpan(span, subProgress(progress, 0, 0.05))
  if (survey.peak === 0)
    throw new FailureError(
      failure('audio-silent', 'The recording is silent: every sample is zero.', 'Choose another recording.'),
    )
  const f0 = analyzePitch(span, survey, resample, subProgress(progress, 0.05, 0.7), kernels)
  const read = readWindow(span)
  const lm = analyzeEnvelopes(span, survey, f0, read, resample, subProgress(progress, 0.7, 0.9), kernels)
  const harmonicsToNoise = measureHarmonicsToNoise(span, survey, f0, subProgress(progress, 0.9, 1))
  return { lm, f0, harmonicsToNoise, isNarrow: source.rateHz < ANALYSIS_RATE_HZ, peak: survey.peak }
}
