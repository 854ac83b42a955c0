import { barToMoveTo, hasPlace, movePlace, type TempoPlace } from '../../../shared/project/edits/tempo-map.ts'
import { barStart } from '../../../shared/units/song-time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Gesture, GestureStart } from './gesture.ts'

/** Drags a change of tempo from bar to bar: it stays under the pointer, and the bars behind it move. */
export const moveTempoGesture =
  (place: TempoPlace) =>
  ({ editor, ui, origin }: GestureStart): Gesture => {
    const { session, viewport, tempo } = editor
    const before = session.project
    const startSamples = barStart(session.time, place.bar)
    session.begin(say.tempo.moveStep(place.bar))
    let bar = place.bar
    const putAt = (to: number): void => {
      bar = to
      session.continue((document) => movePlace(document, place.bar, to))
      tempo.focusedBar = to
    }
    return {
      move(point) {
        const travelled = (point.xPx - origin.xPx) * viewport.samplesPerPx
        const to = barToMoveTo(before, place.bar, startSamples + travelled)
        const isFree = to === place.bar || !hasPlace(before.tempoMap, to)
        if (to !== bar && isFree) putAt(to)
        ui.snapLineSamples = barStart(session.time, bar)
      },
      end: () => session.commit(),
      cancel() {
        session.abandon()
        tempo.focusedBar = place.bar
      },
    }
  }
