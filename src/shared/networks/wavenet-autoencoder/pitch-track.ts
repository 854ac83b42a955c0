/** What the networks hear of pitch: 0 for unvoiced, else linear in Hz over this range (PitchNet). */
const LOWEST_HZ = 48
const HIGHEST_HZ = 1568

/** 0…1. */
export const pitchInput = (hz: number): number =>
  hz === 0 ? 0 : Math.min(Math.max((hz - LOWEST_HZ) / (HIGHEST_HZ - LOWEST_HZ), 0), 1)

/**
 * Tracks of several items, one after the other, each at `sampleCount` places: linear, the first and last frames meeting
 * the first and last samples.
 */
export function stretchTracks(tracks: Float32Array, itemCount: number, sampleCount: number): Float32Array {
  const frames = tracks.length / itemCount
  const stretched = new Float32Array(itemCount * sampleCount)
  for (let item = 0; item < itemCount; item++) {
    for (let at = 0; at < sampleCount; at++) {
      const position = sampleCount === 1 ? 0 : (at * (frames - 1)) / (sampleCount - 1)
      const left = Math.min(Math.floor(position), frames - 1)
      const right = Math.min(left + 1, frames - 1)
      const [before, after] = [tracks[item * frames + left], tracks[item * frames + right]]
      stretched[item * sampleCount + at] = before + (after - before) * (position - left)
    }
  }
  return stretched
}
