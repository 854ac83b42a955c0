import { defaultFramePeriodSec } from './constants.ts'

/** Frames of a signal of `sampleCount` samples at `fs` Hz; frame i is centered at i * framePeriodSec. */
export const frameCount = (sampleCount: number, fs: number, framePeriodSec = defaultFramePeriodSec): number =>
  // Milliseconds as in the reference: 1000 n / fs / 5 rounds differently than n / fs / 0.005.
  Math.floor((1000 * sampleCount) / fs / (1000 * framePeriodSec)) + 1

/** Center of every frame, in seconds from the first sample. */
export const framePositionsSec = (
  sampleCount: number,
  fs: number,
  framePeriodSec = defaultFramePeriodSec,
): Float64Array =>
  Float64Array.from({ length: frameCount(sampleCount, fs, framePeriodSec) }, (_, i) => i * framePeriodSec)
