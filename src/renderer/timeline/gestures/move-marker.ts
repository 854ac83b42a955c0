import { moveMarker } from '../../../shared/project/edits/markers.ts'
import type { Marker } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Gesture, GestureStart } from './gesture.ts'
import { snapMove } from './snap-move.ts'

/** Drags a marker along the song; Shift leaves the grid. */
export const moveMarkerGesture =
  (marker: Marker) =>
  ({ editor, ui, origin }: GestureStart): Gesture => {
    const { session, viewport } = editor
    session.begin(say.edits.move(marker.name))
    return {
      move(point) {
        const travelled = (point.xPx - origin.xPx) * viewport.samplesPerPx
        const { bySamples, line } = snapMove(session.time, editor.snapStep, marker.atSamples, travelled, point.isFree)
        ui.snapLineSamples = line
        session.continue((before) => moveMarker(before, marker.id, marker.atSamples + bySamples))
      },
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }
