import type { Numbers } from '../dsp/numbers.ts'
import { FRAMES_PER_SEC } from './features.ts'

/** Multiplies sound whose first sample stands at `firstFrame` by dB per 5 ms frame, linear in between, in place. */
export function applyGainDb(x: Float64Array, gainDb: Numbers, firstFrame: number, rateHz: number): Float64Array {
  const gains = Float64Array.from(gainDb, (db) => 10 ** (db / 20))
  const last = gains.length - 1
  for (let index = 0; index < x.length; index++) {
    const position = Math.min(firstFrame + (index * FRAMES_PER_SEC) / rateHz, last)
    const left = Math.floor(position)
    const right = Math.min(left + 1, last)
    x[index] *= gains[left] + (gains[right] - gains[left]) * (position - left)
  }
  return x
}
