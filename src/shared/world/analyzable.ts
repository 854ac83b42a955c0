import { assert } from '../base/assert.ts'
import { failure, FailureError } from '../base/errors.ts'

/** Under it neither formants nor breath are left to analyze. */
const lowestRateHz = 8000
/** Larger samples have no place in sound, and their energy would leave the range of a double. */
const largestSample = 1e100

/**
 * Throws a failure unless `x` is a mono signal that WORLD can analyze: at least one sample, all finite, 8 kHz or more.
 * It may be shorter than a window: its edge samples go on beyond either end.
 */
export function assertAnalyzable(x: Float64Array, fs: number): void {
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
  for (let i = 0; i < x.length; i++) {
    if (Math.abs(x[i]) <= largestSample) continue
    throw new FailureError(
      failure('audio-not-finite', `Sample ${i} of the sound is ${x[i]}; samples are finite numbers around ±1.`),
    )
  }
}

/** Pitch that frames are analyzed with is 0 where unvoiced, else below the Nyquist frequency. */
export function assertPitch(f0: Float64Array, fs: number): void {
  const wrong = f0.findIndex((value) => !(value >= 0 && value < fs / 2))
  assert(wrong === -1, `the pitch of frame ${wrong} is ${f0[wrong]} Hz; it must lie from 0 to below ${fs / 2} Hz`)
}
