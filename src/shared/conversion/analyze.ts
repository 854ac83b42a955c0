import { throwIfCancelled, type Progress } from '../base/progress.ts'
import { logMelPower } from '../dsp/mel.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { plainKernels, type Kernels } from '../kernels/kernels.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { forEachEnvelope, harvest } from '../world/index.ts'
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

/** f0 in Hz per 5 ms frame of the span, 0 unvoiced: Harvest, window by window. */
export function analyzePitch(
  span: AnalysisSpan,
  survey: Survey,
  resample: Resample,
  progress: Progress,
  kernels: Kernels = plainKernels,
): Float32Array {
  const f0 = new Float32Array(span.frameCount)
  const read = readWindow(span)
  for (const window of survey.windows) {
    throwIfCancelled(progress)
    progress.report(window.index / survey.windows.length, 'finding the pitch')
    f0.set(windowPitch(read(window), window, span, survey, resample, kernels), window.startFrame)
  }
  return f0
}

/** f0 of the frames that a window owns, in Hz, 0 unvoiced; `channels` reach over all that is read for it. */
export function windowPitch(
  channels: readonly (Float32Array | Float64Array)[],
  window: SoundWindow,
  span: AnalysisSpan,
  { peak }: Survey,
  resample: Resample,
  kernels: Kernels,
): Float64Array {
  const x = analysisSound(channels, span.source.rateHz, ANALYSIS_PEAK / peak, resample)
  const found = harvest(x, ANALYSIS_RATE_HZ, pitchOptions, kernels.pitch)
  const first = window.startFrame - window.firstFrame
  return found.subarray(first, first + window.endFrame - window.startFrame)
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
  const row = new Float32Array(BAND_COUNT)
  const bands = melBands()
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'reading the timbre')
    const x = analysisSound(read(window), span.source.rateHz, ANALYSIS_PEAK / peak, resample)
    const range = {
      fftSize: ENVELOPE_FFT_SIZE,
      framePeriodSec: FRAME_PERIOD_SEC,
      firstFrame: window.startFrame - window.firstFrame,
      lastFrame: window.endFrame - window.firstFrame - 1,
    }
    const pitch = Float64Array.from(f0.subarray(window.firstFrame, window.lastFrame))
    const take = (frame: number, power: Float64Array): void => {
      logMelPower(bands, power, POWER_FLOOR, row, 0)
      visit(window.firstFrame + frame, row)
    }
    forEachEnvelope(x, ANALYSIS_RATE_HZ, pitch, range, take, kernels.envelopes)
  }
}

function analysisSound(
  channels: readonly (Float32Array | Float64Array)[],
  rateHz: number,
  gain: number,
  resample: Resample,
): Float64Array {
  const mono = mixDown(channels)
  const slow = rateHz === ANALYSIS_RATE_HZ ? mono : resample(mono, rateHz, ANALYSIS_RATE_HZ)
  return Float64Array.from(slow, (value) => value * gain)
}
