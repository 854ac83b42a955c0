import { assert } from '../base/assert.ts'
import { failure, FailureError } from '../base/errors.ts'

/** Under it neither formants nor breath are left to analyze. */
const lowestRateHz = 8000
/** Larger samples have no place in sound, and their energy would leave the range of a double. */
const largestSample = 1e100

/**
 * Throws a failure unless `x` is a mono signal that WORLD can analyze: at least one sample, all finite, 8 kHz or more.
 * It may be shorter than a window: its edge samples go on beyond either end. Of a part of a sound only the samples
 * first … end - 1 are looked at.
 */
export function assertAnalyzable(x: Float64Array, fs: number, first = 0, end = x.length): void {
  if (!(fs >= lowestRateHz && fs < Infinity)) {
    throw new FailureError(
      failure(
        'audio-rate-low',
        `The sound has ${fs} samples a second; a voice is analyzed from ${lowestRateHz} on.`,
        'Resample it, or take a recording of 16 kHz or more.',
      ),
    )
  }
  if (x.length === 0) throw new FailureError(failure('audio-empty', 'The sound to analyze has no samples.'))
  for (let i = Math.max(0, first); i < Math.min(end, x.length); i++) {
    if (Math.abs(x[i]) <= largestSample) continue
    throw new FailureError(
      failure('audio-not-finite', `Sample ${i} of the sound is ${x[i]}; samples are finite numbers around ±1.`),
    )
  }
}

/** Pitch that frames are analyzed with is 0 where unvoiced, else below the Nyquist frequency. */
export function assertPitch(f0: Float64Array, fs: number): void {
  const nyquistHz = fs / 2
  for (let i = 0; i < f0.length; i++) {
    if (f0[i] >= 0 && f0[i] < nyquistHz) continue
    assert(false, `the pitch of frame ${i} is ${f0[i]} Hz; it must lie from 0 to below ${nyquistHz} Hz`)
  }
}
