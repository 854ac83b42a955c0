import type { Numbers } from '../dsp/numbers.ts'
import { activeFrames, energies, everySecondFrame, shapes } from '../conversion/features.ts'

/** Bands of a frame, and those that carry speech (below 7,600 Hz): the converter's own, so that figures compare. */
export const BANDS = 64
export const LOW_BANDS = 55

/** What the judges of envelopes see of one recording: frames at 10 ms, quiet ones left out. */
export interface EnvelopeClip {
  /** [frames × 64] ln power above the frame's low-band mean, active frames only, in order. */
  readonly shapes: Float32Array
  /** The same with the clip's mean per band removed: no equalizer can move it. */
  readonly centered: Float32Array
  readonly frameCount: number
  /** Where each kept frame stands in the recording, in frames of 10 ms. */
  readonly places: Int32Array
}

/** Makes a clip for the judges from ln mel powers [frames × 64] at 5 ms. */
export function envelopeClip(logMel: Numbers): EnvelopeClip {
  const slow = everySecondFrame(logMel)
  const all = shapes(slow)
  const isActive = activeFrames(energies(slow))
  const frameCount = isActive.reduce((sum, value) => sum + value, 0)
  const kept = new Float32Array(frameCount * BANDS)
  const places = new Int32Array(frameCount)
  let at = 0
  isActive.forEach((active, frame) => {
    if (active === 0) return
    kept.set(all.subarray(frame * BANDS, (frame + 1) * BANDS), at)
    places[at / BANDS] = frame
    at += BANDS
  })
  return { shapes: kept, centered: removeMean(kept, frameCount), frameCount, places }
}

/** Mean per band over the frames of a clip. */
export function meanShape(values: Float32Array): Float64Array {
  const mean = new Float64Array(BANDS)
  const frameCount = values.length / BANDS
  for (let index = 0; index < values.length; index++) mean[index % BANDS] += values[index] / frameCount
  return mean
}

function removeMean(values: Float32Array, frameCount: number): Float32Array {
  if (frameCount === 0) return values
  const mean = meanShape(values)
  return values.map((value, index) => value - mean[index % BANDS])
}
