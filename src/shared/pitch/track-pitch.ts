import type { PitchKernel } from '../kernels/pitch.ts'
import { defaultFramePeriodSec } from '../world/index.ts'
import { refinedAtHz, searchedAtHz } from './autocorrelation/evidence.ts'
import { slowingRatio } from './analysis-rate.ts'
import { defaultPitchTracker } from './registry.ts'
import type { PitchTrack, TrackOptions } from './tracker.ts'
import type { Hertz, Seconds } from '../units/time.ts'

/**
 * So much sound on either side of a window makes its frames those of the whole: two seconds for the level around a
 * frame, the rest for the path, which in sound forgets where it came from after some hundred frames.
 */
export const pitchHaloSec: Seconds = 3

/** Pitch and confidence of a voice by the default tracker: `PitchTracker.track`, with its errors. */
export const trackPitch = (x: Float64Array, fs: Hertz, options: TrackOptions = {}, kernel?: PitchKernel): PitchTrack =>
  defaultPitchTracker.track(x, fs, options, kernel)

/**
 * Windows of a long file whose first sample lies a whole number of so many frames after the file's give, within the
 * halo, what the whole gives: there frames and the samples of the slowed signals fall together.
 */
export function windowStepFrames(fs: Hertz, framePeriodSec: Seconds = defaultFramePeriodSec): number {
  const fine = slowingRatio(fs, refinedAtHz)
  const ratio = fine * slowingRatio(fs / fine, searchedAtHz)
  const framesPerSec = Math.round(1 / framePeriodSec)
  return (framesPerSec * ratio) / greatestCommonDivisor(fs, framesPerSec * ratio)
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))
