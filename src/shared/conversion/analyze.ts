import { throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { LogMelJob, PitchJob } from '../kernels/crew.ts'
import { plainKernels, type Kernels } from '../kernels/kernels.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { crewOf } from '../world/index.ts'
import {
  ANALYSIS_PEAK,
  ANALYSIS_RATE_HZ,
  ENVELOPE_FFT_SIZE,
  F0_CEIL_HZ,
  F0_FLOOR_HZ,
  FRAME_PERIOD_SEC,
  melBands,
  POWER_FLOOR,
} from './features.ts'
import { mixDown, type Resample } from './sound.ts'
import type { AnalysisSpan, SoundWindow, Survey } from './windows.ts'

/** Gives a window's sound, one array per channel, from its first to its last sample read. */
export type ReadWindow = (window: SoundWindow) => readonly (Float32Array | Float64Array)[]

export const readWindow =
  (span: AnalysisSpan): ReadWindow =>
  (window) =>
    span.source.read(span.startSamples + window.firstSamples, window.lastSamples - window.firstSamples)

const pitchOptions = { f0FloorHz: F0_FLOOR_HZ, f0CeilHz: F0_CEIL_HZ, framePeriodSec: FRAME_PERIOD_SEC }

/** f0 in Hz per 5 ms frame of the span, 0 unvoiced: Harvest, window by window, of the sound itself or of what `read` gives. */
export function analyzePitch(
  span: AnalysisSpan,
  survey: Survey,
  resample: Resample,
  progress: Progress,
  kernels: Kernels = plainKernels,
  read: ReadWindow = readWindow(span),
): Float32Array {
  const f0 = new Float32Array(span.frameCount)
  const request = { span, survey, resample, kernels }
  forEachWindowPitch(request, read, 'finding the pitch', progress, (found, window) => f0.set(found, window.startFrame))
  return f0
}

/** What a search for pitch needs besides the sound. */
export interface PitchSearch {
  readonly span: AnalysisSpan
  readonly survey: Survey
  readonly resample: Resample
  readonly kernels: Kernels
}

/** f0 of the frames that each window owns, in Hz, 0 unvoiced, of the sound that `read` gives: Harvest. */
export function forEachWindowPitch(
  { span, survey, resample, kernels }: PitchSearch,
  read: ReadWindow,
  phase: string,
  progress: Progress,
  visit: (f0: Float64Array, window: SoundWindow) => void,
): void {
  function* jobs(): Generator<PitchJob> {
    for (const window of survey.windows) {
      throwIfCancelled(progress)
      progress.report(window.index / survey.windows.length, phase)
      const x = analysisSound(read(window), span.source.rateHz, ANALYSIS_PEAK / survey.peak, resample)
      yield { x, fs: ANALYSIS_RATE_HZ, options: pitchOptions }
    }
  }
  crewOf(kernels).run('pitch', jobs(), (found, index) => {
    const window = survey.windows[index]
    visit(found.subarray(window.startFrame - window.firstFrame, window.endFrame - window.firstFrame), window)
  })
}

/** `lm`: ln of power in 64 mel bands per 5 ms frame, [frames × 64]. See `forEachLogMel`. */
export function analyzeEnvelopes(
  span: AnalysisSpan,
  survey: Survey,
  f0: Numbers,
  read: ReadWindow,
  resample: Resample,
  progress: Progress,
  kernels: Kernels = plainKernels,
): Float32Array {
  const lm = new Float32Array(span.frameCount * BAND_COUNT)
  forEachLogMel(span, survey, f0, read, resample, progress, kernels, (frame, row) => lm.set(row, frame * BAND_COUNT))
  return lm
}

/**
 * ln of power in 64 mel bands, one 5 ms frame after the other, by CheapTrick at the pitch `f0`. The sound comes from
 * `read`, which may give it transposed; `f0` is then the new pitch. A row is good until the next one comes.
 */
export function forEachLogMel(
  span: AnalysisSpan,
  { windows, peak }: Survey,
  f0: Numbers,
  read: ReadWindow,
  resample: Resample,
  progress: Progress,
  kernels: Kernels,
  visit: (frame: number, row: Float32Array) => void,
): void {
  const bands = melBands()
  function* jobs(): Generator<LogMelJob> {
    for (const window of windows) {
      throwIfCancelled(progress)
      progress.report(window.index / windows.length, 'reading the timbre')
      yield {
        x: analysisSound(read(window), span.source.rateHz, ANALYSIS_PEAK / peak, resample),
        fs: ANALYSIS_RATE_HZ,
        f0: Float64Array.from(f0.subarray(window.firstFrame, window.lastFrame)),
        fftSize: ENVELOPE_FFT_SIZE,
        framePeriodSec: FRAME_PERIOD_SEC,
        firstFrame: window.startFrame - window.firstFrame,
        lastFrame: window.endFrame - window.firstFrame - 1,
        bands,
        powerFloor: POWER_FLOOR,
      }
    }
  }
  crewOf(kernels).run('log-mel', jobs(), (rows, index) => {
    const { startFrame, endFrame } = windows[index]
    for (let frame = startFrame; frame < endFrame; frame++) {
      visit(frame, rows.subarray((frame - startFrame) * BAND_COUNT, (frame - startFrame + 1) * BAND_COUNT))
    }
  })
}

/** The mean of the channels at the analysis rate, times `gain`. */
export function analysisSound(
  channels: readonly (Float32Array | Float64Array)[],
  rateHz: number,
  gain: number,
  resample: Resample,
): Float64Array {
  const mono = mixDown(channels)
  const slow = rateHz === ANALYSIS_RATE_HZ ? mono : resample(mono, rateHz, ANALYSIS_RATE_HZ)
  const sound = new Float64Array(slow.length)
  for (let index = 0; index < slow.length; index++) sound[index] = slow[index] * gain
  return sound
}
