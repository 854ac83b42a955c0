import { movingMean } from '../../dsp/moving-mean.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { findNotes } from '../../melody/index.ts'
import { median } from '../transposition/phase.ts'

/** A note's median is brought within this, so that `GREATEST_NOTE_MOVE_CENTS` holds for whoever measures it otherwise. */
const NOTE_MOVE_OCTAVES = 8 / 1200
/** From one note's correction to the next it goes within 35 ms. */
const SMOOTHING_FRAMES = 3
/** Smoothing lets a little of the neighbor's correction in; later rounds take it out, the last one without smoothing. */
const ROUNDS = 4

/**
 * Takes from a move of the pitch what would put sung notes out of tune: the median of every note moves by no more than
 * 8 cents. `move` and `pitch` in octaves per 5 ms frame, `f0` in Hz, 0 unvoiced.
 */
export function keepNotes(move: Float64Array, pitch: Float64Array, f0: Numbers): Float64Array {
  const notes = findNotes(f0)
  let kept = move
  for (let round = 0; round < ROUNDS; round++) {
    const corrections = new Float64Array(move.length)
    for (const { startFrame, endFrame } of notes) {
      const shift = medianMove(kept, pitch, f0, startFrame, endFrame)
      const allowed = Math.min(Math.max(shift, -NOTE_MOVE_OCTAVES), NOTE_MOVE_OCTAVES)
      corrections.fill(allowed - shift, startFrame, endFrame)
    }
    const smooth = round < ROUNDS - 1 ? movingMean(corrections, SMOOTHING_FRAMES) : corrections
    kept = kept.map((value, frame) => value + smooth[frame])
  }
  return kept
}

function medianMove(move: Numbers, pitch: Numbers, f0: Numbers, startFrame: number, endFrame: number): number {
  const before: number[] = []
  const after: number[] = []
  for (let frame = startFrame; frame < endFrame; frame++) {
    if (!(f0[frame] > 0)) continue
    before.push(pitch[frame])
    after.push(pitch[frame] + move[frame])
  }
  return before.length === 0 ? 0 : median(Float64Array.from(after)) - median(Float64Array.from(before))
}
