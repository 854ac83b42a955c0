import type { Curve, CurvePoint } from '../../shared/project/curve.ts'
import { simplified } from '../../shared/project/edits/curves.ts'
import { drawPitch } from '../../shared/project/edits/melody.ts'
import { say } from '../messages/say.svelte.ts'
import type { Gesture, GesturePoint, GestureStart } from '../timeline/gestures/gesture.ts'
import type { RegionEditing, RollNote } from './RegionEditing.svelte.ts'

/** A hand's shake, in semitones. */
const SHAKE = 0.06
const CENT = 0.01

/** Moves notes up and down by whole semitones, or with Shift by cents. */
export const moveNotesGesture =
  (editing: RegionEditing, notes: readonly RollNote[]) =>
  ({ editor, origin }: GestureStart): Gesture => ({
    move(point) {
      const raw = (origin.yPx - point.yPx) / editing.view.pxPerSemitone
      const by = point.isFree ? Math.round(raw / CENT) * CENT : Math.round(raw)
      editing.drag(say.notes.moveNotes, (performance) =>
        editing.changeNotes(performance, notes, (before) => ({ semitones: before.semitones + by })),
      )
    },
    end: () => editor.session.commit(),
    cancel: () => editor.session.abandon(),
  })

/** Draws the melody by hand, or straight from the press to the pointer. */
export const drawMelodyGesture =
  (editing: RegionEditing, isStraight: boolean) =>
  ({ editor, origin }: GestureStart): Gesture => {
    const first = pointOf(editing, origin, isStraight)
    let drawn: Curve = [first]
    return {
      move(point) {
        const here = pointOf(editing, point, isStraight)
        drawn = isStraight ? ordered([first, here]) : ordered([...without(drawn, drawn[drawn.length - 1], here), here])
        const curve = isStraight ? drawn : simplified(drawn, SHAKE)
        if (curve.length > 1) editing.drag(say.notes.drawPitch, (performance) => drawPitch(performance, curve))
      },
      end: () => editor.session.commit(),
      cancel: () => editor.session.abandon(),
    }
  }

/** A line snaps to semitones unless it is free; a hand never does. */
function pointOf({ view }: RegionEditing, { xPx, yPx, isFree }: GesturePoint, isSnapping: boolean): CurvePoint {
  const midi = Math.min(127, Math.max(0, view.midiAt(yPx)))
  return {
    atSamples: Math.max(0, view.atX(xPx)),
    value: isSnapping && !isFree ? Math.round(midi) : Number(midi.toFixed(3)),
  }
}

/** A stroke that goes back draws over what it passes. */
function without(drawn: Curve, last: CurvePoint, here: CurvePoint): Curve {
  const [from, to] = [Math.min(last.atSamples, here.atSamples), Math.max(last.atSamples, here.atSamples)]
  return drawn.filter((point) => point === last || point.atSamples < from || point.atSamples > to)
}

const ordered = (points: readonly CurvePoint[]): Curve =>
  points
    .toSorted((a, b) => a.atSamples - b.atSamples)
    .filter((point, index, all) => index === 0 || all[index - 1].atSamples < point.atSamples)
