import type { Progress } from '../../shared/base/progress.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import { analyzePitch } from '../../shared/conversion/analyze.ts'
import { FRAMES_PER_SEC, percentile } from '../../shared/conversion/features.ts'
import type { Resample, SampleSource } from '../../shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../shared/conversion/windows.ts'

/** The pitch of a whole sound, and its range without the outermost twentieths. */
export interface PitchSummary {
  /** Hz per 5 ms frame, 0 where unvoiced. */
  readonly f0: Float32Array
  readonly voicedFraction: number
  readonly medianHz: number | null
  readonly lowestHz: number | null
  readonly highestHz: number | null
}

/** Silence has no pitch. Throws FailureError `audio-not-finite`. */
export function summarizePitch(
  source: SampleSource,
  resample: Resample,
  progress: Progress,
  kernels: Kernels,
): PitchSummary {
  const span = planSpan(source, 0, source.durationSamples)
  const survey = surveySpan(span, progress)
  const f0 =
    survey.peak > 0 ? analyzePitch(span, survey, resample, progress, kernels) : new Float32Array(span.frameCount)
  const voiced = f0.filter((hz) => hz > 0)
  const at = (percent: number) => (voiced.length === 0 ? null : percentile(voiced, percent))
  return {
    f0,
    voicedFraction: voiced.length / Math.max(f0.length, 1),
    medianHz: at(50),
    lowestHz: at(5),
    highestHz: at(95),
  }
}

/** Seconds of voice per MIDI note number. */
export function secondsPerNote(f0: Float32Array): Record<number, number> {
  const seconds: Record<number, number> = {}
  for (const hz of f0) {
    if (!(hz > 0)) continue
    const note = Math.round(69 + 12 * Math.log2(hz / 440))
    seconds[note] = (seconds[note] ?? 0) + 1 / FRAMES_PER_SEC
  }
  return seconds
}
