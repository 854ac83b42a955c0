import type { Numbers } from '../../dsp/numbers.ts'
import { throughUnvoiced } from '../auxiliary.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import { median } from '../transposition/phase.ts'

/** The median over this long ignores vibrato and scoops, and follows the tune. */
const CENTER_SEC = 0.3
/** Then smoothed, so that a change of note is no jump. */
const SMOOTHING_SEC = 0.05
/** A frame is steady when its note center moves by less than this over twice this long. */
const STEADY_SEC = 0.1
const STEADY_OCTAVES = 0.35 / 12
/**
 * Share of steady voiced frames from which a voice sings. Recordings of songs (vocadito, PJS, Dagstuhl) have .18 to
 * .5, of speech (PJS, Thorsten, EmoDB) .04 to .15, read sentences of VCTK up to .3: taking speech for a song only
 * makes its emotion milder, taking a song for speech would bend its melody.
 */
const SUNG_SHARE = 0.16

/** log2 of the note that each 5 ms frame belongs to; at least one frame of `f0` must be voiced. */
export function noteCenters(f0: Numbers): Float64Array {
  const pitch = throughUnvoiced(f0, Math.log2)
  const half = Math.round((CENTER_SEC * FRAMES_PER_SEC) / 2)
  const centers = pitch.map((_, frame) => median(pitch.subarray(Math.max(0, frame - half), frame + half + 1)))
  return movingMean(centers, Math.round((SMOOTHING_SEC * FRAMES_PER_SEC) / 2))
}

/** Whether a voice sings: its note centers stand still for most of the voiced time. Speech glides all along. */
export function isSung(f0: Numbers, centers = noteCenters(f0)): boolean {
  const reach = Math.round(STEADY_SEC * FRAMES_PER_SEC)
  let voiced = 0
  let steady = 0
  for (let frame = reach; frame < f0.length - reach; frame++) {
    if (!(f0[frame] > 0)) continue
    voiced++
    if (Math.abs(centers[frame + reach] - centers[frame - reach]) < STEADY_OCTAVES) steady++
  }
  return steady >= SUNG_SHARE * voiced
}

function movingMean(values: Float64Array, half: number): Float64Array {
  return values.map((_, frame) => {
    const first = Math.max(0, frame - half)
    const last = Math.min(values.length - 1, frame + half)
    let sum = 0
    for (let at = first; at <= last; at++) sum += values[at]
    return sum / (last - first + 1)
  })
}
