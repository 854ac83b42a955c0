import type { Samples } from '../../units/time.ts'
import type { Curve } from '../curve.ts'
import type { Performance, PitchEdit } from '../performance.ts'
import { curveWithin } from './curves.ts'

/** A span of the source, the end not included. */
export interface PitchSpan {
  readonly startSamples: Samples
  readonly endSamples: Samples
}

/** What is changed of a note as a whole. */
export type NoteChange = Pick<Extract<PitchEdit, { kind: 'note' }>, 'semitones' | 'vibrato' | 'drift'>

export const unchangedNote: NoteChange = { semitones: 0, vibrato: 1, drift: 1 }
const MOST_SEMITONES = 24
const MOST_FACTOR = 3

export const spanOfEdit = (edit: PitchEdit): PitchSpan =>
  edit.kind === 'note'
    ? edit
    : { startSamples: edit.curve[0].atSamples, endSamples: edit.curve[edit.curve.length - 1].atSamples }

const overlaps = (a: PitchSpan, b: PitchSpan): boolean => a.startSamples < b.endSamples && b.startSamples < a.endSamples

/** What was changed of the note over a span, if it was changed as a whole. */
export function noteChangeAt({ pitchEdits }: Performance, span: PitchSpan): NoteChange {
  const edit = pitchEdits.find((one) => one.kind === 'note' && isSameNote(one, span))
  return edit?.kind === 'note' ? edit : unchangedNote
}

/** Notes are found anew after a trim, a frame earlier or later: more than half in common is the same. */
function isSameNote(a: PitchSpan, b: PitchSpan): boolean {
  const common = Math.min(a.endSamples, b.endSamples) - Math.max(a.startSamples, b.startSamples)
  return 2 * common > Math.max(a.endSamples - a.startSamples, b.endSamples - b.startSamples)
}

export const isEdited = ({ pitchEdits }: Performance, span: PitchSpan): boolean =>
  pitchEdits.some((edit) => overlaps(spanOfEdit(edit), span))

/** Changes the note over a span as a whole; a note that is as it was sung again leaves no edit. */
export function changeNote(performance: Performance, span: PitchSpan, change: Partial<NoteChange>): Performance {
  const before = noteChangeAt(performance, span)
  const after = held({ ...before, ...change })
  const isSung = after.semitones === 0 && after.vibrato === 1 && after.drift === 1
  const { startSamples, endSamples } = span
  const edit: PitchEdit = { kind: 'note', startSamples, endSamples, ...after }
  return withEdits(performance, [...around(performance.pitchEdits, span), ...(isSung ? [] : [edit])])
}

const held = ({ semitones, vibrato, drift }: NoteChange): NoteChange => ({
  semitones: Number(Math.min(MOST_SEMITONES, Math.max(-MOST_SEMITONES, semitones)).toFixed(3)),
  vibrato: Number(Math.min(MOST_FACTOR, Math.max(0, vibrato)).toFixed(2)),
  drift: Number(Math.min(MOST_FACTOR, Math.max(0, drift)).toFixed(2)),
})

/** Puts a drawn melody in the place of what was there; at least two corners in time order. */
export function drawPitch(performance: Performance, curve: Curve): Performance {
  if (curve.length < 2) return performance
  const edit: PitchEdit = { kind: 'drawn', curve }
  return withEdits(performance, [...around(performance.pitchEdits, spanOfEdit(edit)), edit])
}

/** Over a span everything is as it was sung. */
export const clearPitch = (performance: Performance, span: PitchSpan): Performance =>
  isEdited(performance, span) ? withEdits(performance, around(performance.pitchEdits, span)) : performance

const withEdits = (performance: Performance, edits: readonly PitchEdit[]): Performance => ({
  ...performance,
  pitchEdits: edits.toSorted((a, b) => spanOfEdit(a).startSamples - spanOfEdit(b).startSamples),
})

/** The edits outside of a span: a note that reaches into it is given up, of what was drawn the rest stays. */
function around(edits: readonly PitchEdit[], span: PitchSpan): readonly PitchEdit[] {
  return edits.flatMap((edit) => {
    const { startSamples, endSamples } = spanOfEdit(edit)
    if (!overlaps({ startSamples, endSamples }, span)) return [edit]
    if (edit.kind === 'note') return []
    const left = span.startSamples - startSamples > 0 ? [drawn(edit.curve, startSamples, span.startSamples)] : []
    const right = endSamples - span.endSamples > 0 ? [drawn(edit.curve, span.endSamples, endSamples)] : []
    return [...left, ...right]
  })
}

const drawn = (curve: Curve, startSamples: Samples, endSamples: Samples): PitchEdit => ({
  kind: 'drawn',
  curve: curveWithin(curve, startSamples, endSamples),
})
