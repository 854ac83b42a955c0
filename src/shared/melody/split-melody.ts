import type { Numbers } from '../dsp/numbers.ts'
import { middleOf } from './melody-frames.ts'

/** A pause of less than this is a slip of the tracker. */
const LONGEST_SLIP_FRAMES = 5
/** Notes are looked for on this grid; where they are heard is measured afterwards. */
const STEPS_PER_SEMITONE = 4
/**
 * What one more note costs, in semitones times frames. A step of a semitone is told from 70 ms on; a vibrato of 1.8
 * semitones to each side at 5.5 Hz, of which each half wave would be nearer by 7 per semitone, stays one note.
 */
const CHANGE_COST = 14
/** Farther off nothing gets more expensive: an octave leap of the tracker is no reason to change the note. */
const GREATEST_DISTANCE = 2.5
/** Shorter stretches belong to the neighbor that they are nearer to. */
const SHORTEST_NOTE_FRAMES = 12

/** Frames `startFrame … endFrame`, the last not included. */
export interface Stretch {
  readonly startFrame: number
  readonly endFrame: number
}

/** Where notes lie in a melody: voiced stretches, cut where the pitch stays on another note. `pitch` as `continuousPitch`. */
export const splitMelody = (f0Hz: Numbers, pitch: Float64Array): Stretch[] =>
  voicedStretches(f0Hz)
    .map((stretch) => mergeShort(cutAtNotes(pitch, stretch), pitch))
    .flat()
    .filter(({ startFrame, endFrame }) => endFrame - startFrame >= SHORTEST_NOTE_FRAMES)

function voicedStretches(f0Hz: Numbers): Stretch[] {
  const found: Stretch[] = []
  for (let frame = 0; frame < f0Hz.length; frame++) {
    if (!(f0Hz[frame] > 0)) continue
    const last = found.at(-1)
    if (last && frame - last.endFrame <= LONGEST_SLIP_FRAMES) found[found.length - 1] = { ...last, endFrame: frame + 1 }
    else found.push({ startFrame: frame, endFrame: frame + 1 })
  }
  return found
}

/**
 * The piecewise constant melody of least cost: distances from it, and a price for each change (Potts 1952), found by
 * dynamic programming over a grid of notes.
 */
function cutAtNotes(pitch: Float64Array, { startFrame, endFrame }: Stretch): Stretch[] {
  const part = pitch.subarray(startFrame, endFrame)
  const lowest = Math.floor(part.reduce((least, value) => Math.min(least, value)) * STEPS_PER_SEMITONE)
  const highest = Math.ceil(part.reduce((most, value) => Math.max(most, value)) * STEPS_PER_SEMITONE)
  const stateCount = highest - lowest + 1
  const costs = new Float64Array(stateCount)
  /** Best state before each frame, and from which states it is better to have come from there. */
  const bests = new Int32Array(part.length)
  const changes = new Uint8Array(part.length * stateCount)
  for (let frame = 0; frame < part.length; frame++) {
    const best = leastIndex(costs)
    const afterChange = costs[best] + CHANGE_COST
    bests[frame] = best
    for (let state = 0; state < stateCount; state++) {
      if (afterChange < costs[state]) {
        costs[state] = afterChange
        changes[frame * stateCount + state] = 1
      }
      const distance = Math.abs(part[frame] - (lowest + state) / STEPS_PER_SEMITONE)
      costs[state] += Math.min(distance, GREATEST_DISTANCE)
    }
  }
  const cuts: Stretch[] = []
  let end = part.length
  for (let frame = part.length - 1, state = leastIndex(costs); frame >= 0; frame--) {
    if (frame > 0 && changes[frame * stateCount + state] === 0) continue
    cuts.unshift({ startFrame: startFrame + frame, endFrame: startFrame + end })
    end = frame
    state = bests[frame]
  }
  return cuts
}

function leastIndex(values: Float64Array): number {
  let least = 0
  for (let index = 1; index < values.length; index++) if (values[index] < values[least]) least = index
  return least
}

function mergeShort(stretches: readonly Stretch[], pitch: Float64Array): Stretch[] {
  const merged = [...stretches]
  const middle = ({ startFrame, endFrame }: Stretch) => middleOf(pitch.subarray(startFrame, endFrame))
  for (;;) {
    const short = merged.findIndex(({ startFrame, endFrame }) => endFrame - startFrame < SHORTEST_NOTE_FRAMES)
    if (short < 0 || merged.length === 1) return merged
    const own = middle(merged[short])
    const distanceTo = (index: number) => (index in merged ? Math.abs(middle(merged[index]) - own) : Infinity)
    const first = distanceTo(short - 1) <= distanceTo(short + 1) ? short - 1 : short
    merged.splice(first, 2, { startFrame: merged[first].startFrame, endFrame: merged[first + 1].endFrame })
  }
}
