import { nuttallWindow } from '../dsp/window.ts'
import type { Hertz } from '../units/time.ts'

/** Zero crossings of the sinc on either side: a transition band of a fifth of the new bandwidth. */
const reachCrossings = 20
/** Middle of that transition, as a share of the new Nyquist frequency. */
const cutoffShare = 0.9

/** A signal at a lower rate; sample i is the input's sample i · ratio, filtered. */
export interface SlowedSignal {
  readonly samples: Float64Array
  readonly rateHz: Hertz
}

/**
 * Every so many samples of `x` that the rate comes as near as it can to `lowestHz` from above, behind a linear-phase
 * low-pass without delay. Each sample hangs on a finite span of the input, so a part gives what the whole gives.
 */
export function slowDown(x: Float64Array, fs: Hertz, lowestHz: Hertz): SlowedSignal {
  const ratio = slowingRatio(fs, lowestHz)
  if (ratio === 1) return { samples: x, rateHz: fs }
  const taps = lowPassTaps(ratio)
  const reach = (taps.length - 1) / 2
  const samples = Float64Array.from({ length: Math.ceil(x.length / ratio) }, (_, i) => {
    const first = i * ratio - reach
    let sum = 0
    const last = Math.min(taps.length, x.length - first)
    for (let tap = Math.max(0, -first); tap < last; tap++) sum += taps[tap] * x[first + tap]
    return sum
  })
  return { samples, rateHz: fs / ratio }
}

/** How many samples of a signal at `fs` become one. */
export const slowingRatio = (fs: Hertz, lowestHz: Hertz): number => Math.max(1, Math.floor(fs / lowestHz))

function lowPassTaps(ratio: number): Float64Array {
  const reach = reachCrossings * ratio
  const window = nuttallWindow(2 * reach + 1)
  const taps = window.map((weight, i) => {
    const phase = (Math.PI * cutoffShare * (i - reach)) / ratio
    return phase === 0 ? weight : (weight * Math.sin(phase)) / phase
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}
