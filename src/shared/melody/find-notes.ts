import type { Numbers } from '../dsp/numbers.ts'
import type { Cents, Midi } from '../units/pitch.ts'
import type { Hertz } from '../units/time.ts'
import { continuousPitch, MELODY_FRAMES_PER_SEC, middleOf } from './melody-frames.ts'
import { noteMovement } from './note-movement.ts'
import { splitMelody, type Stretch } from './split-melody.ts'

/** One sung note, by frames of 5 ms; the last frame is not included. */
export interface SungNote extends Stretch {
  /** Where it is heard, as `noteMovement` finds it. */
  readonly center: Midi
  readonly vibrato: Vibrato | null
  /** From the lowest to the highest place of its slow movement. */
  readonly driftCents: Cents
}

export interface Vibrato {
  /** From the center to the outermost. */
  readonly extentCents: Cents
  readonly rateHz: Hertz
}

const CENTS = 100
/** Attack and release, which say little of how a note is held. */
const EDGE_FRAMES = 10
/** A quarter of a second between attack and release: in less no vibrato can be told. */
const SHORTEST_VIBRATO_FRAMES = 50
/** Slow movement is measured without its outermost twentieths. */
const OUTER_SHARE = 0.05
/** A quarter of a sine lies beyond this share of its extent: the sine of 67.5°. */
const SINE_UPPER_QUARTER = 0.924
/** Two whole waves at least. */
const FEWEST_CHANGES = 4
/** Of the extent: nearer to the center no side is taken. */
const SIDE_SHARE = 0.4
/** What a voice does by itself is less. */
const LEAST_VIBRATO_CENTS = 12
const LEAST_VIBRATO_HZ = 3.5
const GREATEST_VIBRATO_HZ = 9

/** The notes of a melody in time order, from f0 in Hz per 5 ms frame, 0 where unvoiced. */
export function findNotes(f0Hz: Numbers): SungNote[] {
  const pitch = continuousPitch(f0Hz)
  if (pitch === null) return []
  return splitMelody(f0Hz, pitch).map((stretch) =>
    describe(pitch.subarray(stretch.startFrame, stretch.endFrame), stretch),
  )
}

function describe(pitch: Float64Array, stretch: Stretch): SungNote {
  const { center, drift, vibrato } = noteMovement(pitch)
  const sorted = heldPart(drift).toSorted()
  const outer = Math.floor(sorted.length * OUTER_SHARE)
  const driftCents = CENTS * (sorted[sorted.length - 1 - outer] - sorted[outer])
  return { ...stretch, center, driftCents, vibrato: measureVibrato(heldPart(vibrato)) }
}

const heldPart = (movement: Float64Array): Float64Array =>
  movement.length > 4 * EDGE_FRAMES ? movement.subarray(EDGE_FRAMES, -EDGE_FRAMES) : movement

/** By the upper quarter of its distances from the center: vibrato often fills only the later part of a note. */
function measureVibrato(movement: Float64Array): Vibrato | null {
  if (movement.length < SHORTEST_VIBRATO_FRAMES) return null
  const distances = movement.map(Math.abs).sort()
  const extent = distances[Math.floor(0.75 * distances.length)] / SINE_UPPER_QUARTER
  const halfWave = halfWaveFrames(movement, SIDE_SHARE * extent)
  const rateHz = halfWave === null ? 0 : MELODY_FRAMES_PER_SEC / (2 * halfWave)
  const extentCents = CENTS * extent
  const isVibrato = extentCents >= LEAST_VIBRATO_CENTS && rateHz >= LEAST_VIBRATO_HZ && rateHz <= GREATEST_VIBRATO_HZ
  return isVibrato ? { extentCents, rateHz } : null
}

/** The usual time between going over to one side of the center, by more than a threshold, and to the other. */
function halfWaveFrames(movement: Float64Array, threshold: number): number | null {
  const changes: number[] = []
  let side = 0
  movement.forEach((value, frame) => {
    if (Math.abs(value) <= threshold || Math.sign(value) === side) return
    side = Math.sign(value)
    changes.push(frame)
  })
  if (changes.length < FEWEST_CHANGES) return null
  return middleOf(Float64Array.from(changes.slice(1), (frame, index) => frame - changes[index]))
}
