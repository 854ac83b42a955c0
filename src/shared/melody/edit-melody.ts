import type { Numbers } from '../dsp/numbers.ts'
import { curveValue } from '../project/curve.ts'
import type { PitchEdit, ScaleCorrection } from '../project/performance.ts'
import type { Midi } from '../units/pitch.ts'
import { findNotes } from './find-notes.ts'
import { joinPieces, type MovedPiece } from './join-pieces.ts'
import { continuousPitch, frameFrom, positionOf, type MelodyPlace } from './melody-frames.ts'
import { noteMovement } from './note-movement.ts'
import { nearestDegree } from './scale.ts'
import type { Stretch } from './split-melody.ts'

/** What a performance changes of a melody. */
export interface MelodyEditing {
  readonly pitchEdits: readonly PitchEdit[]
  readonly scaleCorrection: ScaleCorrection | null
}

type NoteEdit = Extract<PitchEdit, { kind: 'note' }>

/** A pitch is moved by no more than two octaves. */
const GREATEST_SHIFT = 24

/**
 * By how many semitones each 5 ms frame of a melody is moved; null when nothing is. `f0Hz` is what is sung, 0 where
 * unvoiced, its first frame at `place`. Notes and drawn spans are of the melody as it is sung: transposition and emotion
 * come on top. The scale draws the centers of all notes that were not drawn by hand, also of those that were moved.
 */
export function melodyShift(f0Hz: Numbers, editing: MelodyEditing, place: MelodyPlace): Float64Array | null {
  const { pitchEdits, scaleCorrection } = editing
  if (pitchEdits.length === 0 && !isCorrecting(scaleCorrection)) return null
  const pitch = continuousPitch(f0Hz)
  if (pitch === null) return null
  const edited = pitchEdits.flatMap((edit) => editedPiece(edit, pitch, editing, place) ?? [])
  const all = isCorrecting(scaleCorrection)
    ? [...edited, ...correctedPieces(f0Hz, edited, scaleCorrection)].sort((a, b) => a.startFrame - b.startFrame)
    : edited
  const pieces = all.filter(({ shift }) => shift.some((semitones) => semitones !== 0))
  return pieces.length === 0 ? null : joinPieces(pieces, f0Hz)
}

const isCorrecting = (correction: ScaleCorrection | null): correction is ScaleCorrection =>
  correction !== null && correction.strength > 0

/** Null where an edit lies outside of these frames. */
function editedPiece(
  edit: PitchEdit,
  pitch: Float64Array,
  { scaleCorrection }: MelodyEditing,
  place: MelodyPlace,
): MovedPiece | null {
  const [start, end] =
    edit.kind === 'note'
      ? [edit.startSamples, edit.endSamples]
      : [edit.curve[0].atSamples, edit.curve[edit.curve.length - 1].atSamples]
  const startFrame = Math.max(0, frameFrom(start, place))
  const endFrame = Math.min(pitch.length, frameFrom(end, place))
  if (endFrame <= startFrame) return null
  const sung = pitch.subarray(startFrame, endFrame)
  const shift =
    edit.kind === 'note'
      ? noteShift(edit, sung, scaleCorrection)
      : sung.map((value, index) => curveValue(edit.curve, positionOf(startFrame + index, place)) - value)
  return { startFrame, endFrame, shift: shift.map(heldShift) }
}

const heldShift = (semitones: number): number => Math.min(Math.max(semitones, -GREATEST_SHIFT), GREATEST_SHIFT)

function noteShift(
  { semitones, vibrato, drift }: NoteEdit,
  sung: Float64Array,
  correction: ScaleCorrection | null,
): Float64Array {
  const movement = noteMovement(sung)
  const moved = semitones + correctionOf(movement.center + semitones, correction)
  if (vibrato === 1 && drift === 1) return new Float64Array(sung.length).fill(moved)
  return sung.map((_, index) => moved + (vibrato - 1) * movement.vibrato[index] + (drift - 1) * movement.drift[index])
}

const correctionOf = (center: Midi, correction: ScaleCorrection | null): number =>
  correction === null ? 0 : correction.strength * (nearestDegree(center, correction) - center)

/** What of the notes was not edited, each note moved as a whole. */
function correctedPieces(f0Hz: Numbers, edited: readonly MovedPiece[], correction: ScaleCorrection): MovedPiece[] {
  return findNotes(f0Hz).flatMap((note) =>
    without(note, edited).map(({ startFrame, endFrame }) => ({
      startFrame,
      endFrame,
      shift: new Float64Array(endFrame - startFrame).fill(correctionOf(note.center, correction)),
    })),
  )
}

/** The parts of a stretch that others, in time order, leave. */
function without({ startFrame, endFrame }: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = []
  let from = startFrame
  for (const other of others) {
    if (other.endFrame <= from || other.startFrame >= endFrame) continue
    if (other.startFrame > from) left.push({ startFrame: from, endFrame: other.startFrame })
    from = other.endFrame
  }
  if (from < endFrame) left.push({ startFrame: from, endFrame })
  return left
}
