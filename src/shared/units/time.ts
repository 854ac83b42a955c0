/** Seconds, a length or a position in time. */
export type Seconds = number
/** A count of values at a sampling rate. Positions and lengths of audio are integer samples everywhere. */
export type Samples = number
/** A count of analysis hops. */
export type Frames = number
/** Samples per second. */
export type Hertz = number

/** Nearest sample, half away from zero: flooring would lose a sample at every cut. The only such rounding in the program. */
export const secondsToSamples = (seconds: Seconds, rateHz: Hertz): Samples =>
  Math.sign(seconds) * Math.floor(Math.abs(seconds) * rateHz + 0.5)

export const samplesToSeconds = (samples: Samples, rateHz: Hertz): Seconds => samples / rateHz

/** Seconds as "0:49.280" or "1:02:03.400". */
export function formatClock(seconds: Seconds): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000))
  const hours = Math.floor(milliseconds / 3_600_000)
  const minutes = Math.floor(milliseconds / 60_000) % 60
  const rest = ((milliseconds % 60_000) / 1000).toFixed(3).padStart(6, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** Seconds as "3:58": the length of a song or clip. */
export function formatDuration(seconds: Seconds): string {
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${String(whole % 60).padStart(2, '0')}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}
