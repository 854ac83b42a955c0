import { MOST_LAG_SAMPLES, WAVENET_RATE_HZ } from './config.ts'
import { levelInput } from './network.ts'
import { pitchHz } from './pitch-track.ts'

/**
 * A small decoder that plays by itself loses the pitch that it is told: a number says how long a period is, and not what
 * was in it. Its own samples around one period back say it.
 */

/** Where the taps lie around a period back: −2…2 of five. All lie in the past, since no period is shorter than ten. */
export const firstLagOffset = (lagTaps: number): number => -Math.floor(lagTaps / 2)

/**
 * Periods of tracks of several items, one after the other, each at `sampleCount` places as `stretchTracks` has them: in
 * whole samples, 0 where unvoiced. Between a voiced frame and an unvoiced one the nearer counts.
 */
export function lagsOf(tracks: Float32Array, itemCount: number, sampleCount: number): Uint16Array {
  const frames = tracks.length / itemCount
  return Uint16Array.from({ length: itemCount * sampleCount }, (_, index) => {
    const [item, at] = [Math.floor(index / sampleCount), index % sampleCount]
    const position = sampleCount === 1 ? 0 : (at * (frames - 1)) / (sampleCount - 1)
    const left = Math.min(Math.floor(position), frames - 1)
    const [before, after] = [tracks[item * frames + left], tracks[item * frames + Math.min(left + 1, frames - 1)]]
    const share = position - left
    if (before === 0 || after === 0) return lagOf(share < 0.5 ? before : after)
    return lagOf(before + (after - before) * share)
  })
}

const lagOf = (input: number): number =>
  input === 0 ? 0 : Math.min(Math.round(WAVENET_RATE_HZ / pitchHz(input)), MOST_LAG_SAMPLES)

/**
 * What the taps hear of the past: 0 where unvoiced, and before the beginning.
 * @param levels of several items, one after the other
 * @param lags `lagsOf` the same items
 * @returns [items × samples × lagTaps]
 */
export function gatherLags(levels: Uint8Array, lags: Uint16Array, itemCount: number, lagTaps: number): Float32Array {
  const sampleCount = levels.length / itemCount
  const heard = new Float32Array(levels.length * lagTaps)
  for (let index = 0; index < levels.length; index++) {
    if (lags[index] === 0) continue
    const begin = index - (index % sampleCount)
    const from = index - lags[index] + firstLagOffset(lagTaps)
    for (let tap = 0; tap < lagTaps; tap++)
      if (from + tap >= begin) heard[index * lagTaps + tap] = levelInput(levels[from + tap])
  }
  return heard
}
