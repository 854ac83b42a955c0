import { subProgress, throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { analysisSound, readWindow } from '../../../shared/conversion/analyze.ts'
import { ANALYSIS_RATE_HZ, FRAME_PERIOD_SEC, FRAMES_PER_SEC, percentile } from '../../../shared/conversion/features.ts'
import type { Resample, SampleSource } from '../../../shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { pitchHaloSec, trackPitch } from '../../../shared/pitch/index.ts'

/** The pitch of a whole sound, and its range without the outermost twentieths. */
export interface PitchSummary {
  /** Hz per 5 ms frame, 0 where unvoiced. */
  readonly f0: Float32Array
  readonly voicedFraction: number
  readonly medianHz: number | null
  readonly lowestHz: number | null
  readonly highestHz: number | null
}

/** Long enough that reading around a window costs little, short enough to keep little of a long sound. */
const WINDOWS = { shortestSec: 20, longestSec: 30, overlapSec: pitchHaloSec }

/** By the tracker that hears pauses and octaves best. Silence has no pitch. Throws FailureError `audio-not-finite`. */
export function summarizePitch(
  source: SampleSource,
  resample: Resample,
  progress: Progress,
  kernels: Kernels,
): PitchSummary {
  const f0 = trackLongSound(source, resample, progress, kernels)
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

function trackLongSound(source: SampleSource, resample: Resample, progress: Progress, kernels: Kernels): Float32Array {
  const span = planSpan(source, 0, source.durationSamples)
  const { windows, peak } = surveySpan(span, subProgress(progress, 0, 0.05), WINDOWS)
  const f0 = new Float32Array(span.frameCount)
  if (peak === 0) return f0
  const read = readWindow(span)
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(0.05 + (0.95 * window.index) / windows.length, 'finding the pitch')
    const x = analysisSound(read(window), source.rateHz, 1, resample)
    const { f0Hz } = trackPitch(x, ANALYSIS_RATE_HZ, { framePeriodSec: FRAME_PERIOD_SEC }, kernels.pitch)
    f0.set(f0Hz.subarray(window.startFrame - window.firstFrame, window.endFrame - window.firstFrame), window.startFrame)
  }
  return f0
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
