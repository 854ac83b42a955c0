import type { Numbers } from '../dsp/numbers.ts'
import { hzToMidi } from '../units/pitch.ts'
import type { Hertz, Samples } from '../units/time.ts'

/** Melodies are read at the hop of every analysis: 5 ms. */
export const MELODY_FRAMES_PER_SEC = 200

/** Where frame 0 of a melody stands in its source. */
export interface MelodyPlace {
  readonly startSamples: Samples
  readonly rateHz: Hertz
}

/** A frame's position in the source, with a fraction where 5 ms hold no whole number of samples. */
export const positionOf = (frame: number, { startSamples, rateHz }: MelodyPlace): Samples =>
  startSamples + (frame * rateHz) / MELODY_FRAMES_PER_SEC

/** The first frame that does not stand before a position. */
export const frameFrom = (atSamples: Samples, { startSamples, rateHz }: MelodyPlace): number =>
  Math.ceil(((atSamples - startSamples) * MELODY_FRAMES_PER_SEC) / rateHz)

/** Notes with fractions, straight through what is unvoiced and held at the ends; null where nothing is voiced. */
export function continuousPitch(f0Hz: Numbers): Float64Array | null {
  const pitch = new Float64Array(f0Hz.length)
  let last = -1
  for (let frame = 0; frame < f0Hz.length; frame++) {
    if (!(f0Hz[frame] > 0)) continue
    pitch[frame] = hzToMidi(f0Hz[frame])
    for (let gap = last + 1; gap < frame; gap++) {
      const share = last < 0 ? 1 : (gap - last) / (frame - last)
      pitch[gap] = last < 0 ? pitch[frame] : pitch[last] + (pitch[frame] - pitch[last]) * share
    }
    last = frame
  }
  return last < 0 ? null : pitch.fill(pitch[last], last)
}

/** Middle value of some, the lower of two. */
export const middleOf = (values: Float64Array): number => values.toSorted()[(values.length - 1) >> 1]
