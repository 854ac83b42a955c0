import type { Midi } from '../units/pitch.ts'
import { middleOf } from './melody-frames.ts'

/** What is slower than a vibrato: a weighted line through this much around each frame. The weights fall off to both sides. */
const SLOW_FRAMES = 40

/** A note and what moves around it, in semitones per frame: center, drift and vibrato sum to its pitch. */
export interface NoteMovement {
  /** Where it is heard: the middle of its slow movement, of a short note the middle of its pitch. */
  readonly center: Midi
  /** Scoops, glides, wandering. */
  readonly drift: Float64Array
  /** Vibrato and what else is faster. */
  readonly vibrato: Float64Array
}

/**
 * Parts the pitch of one note (semitones, without gaps) into slow and fast: local lines under Hann weights of 0.4 s,
 * which a vibrato of 4 Hz or more leaves at less than a fifth.
 */
export function noteMovement(pitch: Float64Array): NoteMovement {
  const slow = pitch.map((_, frame) => lineAt(pitch, frame))
  const center = middleOf(pitch.length < 2 * SLOW_FRAMES ? pitch : slow)
  const drift = slow.map((value) => value - center)
  return { center, drift, vibrato: pitch.map((value, frame) => value - center - drift[frame]) }
}

/** Value at a frame of the line that fits what is around it best (Cleveland 1979). */
function lineAt(values: Float64Array, frame: number): number {
  let [weights, offsets, squares, sum, products] = [0, 0, 0, 0, 0]
  const first = Math.max(0, frame - SLOW_FRAMES + 1)
  const last = Math.min(values.length - 1, frame + SLOW_FRAMES - 1)
  for (let at = first; at <= last; at++) {
    const offset = at - frame
    const weight = 0.5 + 0.5 * Math.cos((Math.PI * offset) / SLOW_FRAMES)
    weights += weight
    offsets += weight * offset
    squares += weight * offset * offset
    sum += weight * values[at]
    products += weight * offset * values[at]
  }
  const spread = weights * squares - offsets * offsets
  return spread > 0 ? (squares * sum - offsets * products) / spread : values[frame]
}
