import { movingMean } from '../../dsp/moving-mean.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { findNotes, type SungNote } from '../../melody/index.ts'
import { median } from '../transposition/phase.ts'

/**
 * A note's median is brought within this: what making the voice anew and another tracker add to it, 15 cents in places,
 * stays within `GREATEST_NOTE_MOVE_CENTS`.
 */
const NOTE_MOVE_OCTAVES = 4 / 1200
/** From one note's correction to the next it goes within 35 ms. */
const SMOOTHING_FRAMES = 3
/** Smoothing lets a little of the neighbor's correction in; later rounds take it out, the last one without smoothing. */
const ROUNDS = 4
/** Everybody hears the same note so far inside of it, and so near to its middle. */
const HELD_EDGE_FRAMES = 26
const HELD_REACH_OCTAVES = 50 / 1200
/**
 * There vibrato goes as far as the emotion takes it, up to this. Elsewhere, in glides, attacks and consonants, where a
 * note begins and what its pitch is are matters of opinion, nothing moves.
 */
const HELD_MOVE_OCTAVES = 70 / 1200
/** What stays for longer than a wave of vibrato, 0.2 s, is no vibrato, and moves by no more than a note may. */
const SLOW_REACH_FRAMES = 20
/** From an edge to what is held it goes within 65 ms. */
const HELD_SMOOTHING_FRAMES = 6

/**
 * Takes from a move of the pitch what would put sung notes out of tune: only the middle of long notes moves, and the
 * median of every note by no more than 4 cents, so that wherever else one hears notes begin and end, they stay within
 * `GREATEST_NOTE_MOVE_CENTS`. Voice between two pauses in which nothing is held is not moved at all. `move` and
 * `pitch` in octaves per 5 ms frame, `f0` in Hz, 0 unvoiced.
 */
export function keepNotes(move: Float64Array, pitch: Float64Array, f0: Numbers): Float64Array {
  const notes = findNotes(f0)
  const limits = heldShares(pitch, notes).map((share) => share * HELD_MOVE_OCTAVES)
  let kept = boundMove(move, limits)
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
  return kept.map((value, frame) => Math.min(Math.max(value, -limits[frame]), limits[frame]))
}

/** Leaves of a move what no opinion on where the notes lie can put out of tune. */
function boundMove(move: Float64Array, limits: Float64Array): Float64Array {
  const limited = move.map((value, frame) => bounded(value, limits[frame]))
  const slow = movingMean(limited, SLOW_REACH_FRAMES)
  return limited.map((value, frame) => value - slow[frame] + bounded(slow[frame], NOTE_MOVE_OCTAVES))
}

/** 1 where a note is held, 0 in attacks, glides and pauses. */
function heldShares(pitch: Float64Array, notes: readonly SungNote[]): Float64Array {
  const isHeld = new Float64Array(pitch.length)
  const contour = movingMean(pitch, SLOW_REACH_FRAMES)
  for (const { startFrame, endFrame } of notes) {
    const middle = median(pitch.subarray(startFrame, endFrame))
    for (let frame = startFrame + HELD_EDGE_FRAMES; frame < endFrame - HELD_EDGE_FRAMES; frame++)
      isHeld[frame] = Number(Math.abs(contour[frame] - middle) < HELD_REACH_OCTAVES)
  }
  return movingMean(isHeld, HELD_SMOOTHING_FRAMES)
}

const bounded = (value: number, limit: number): number => (limit > 0 ? limit * Math.tanh(value / limit) : 0)

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
