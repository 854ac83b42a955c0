import { snapPosition } from '../../../shared/project/snap.ts'
import type { Gesture, GestureStart } from './gesture.ts'

/** Drags the playhead. While a song plays it jumps when let go; Shift leaves the grid. */
export const seekGesture = ({ editor }: GestureStart): Gesture => {
  const { transport, viewport, session } = editor
  const before = transport.positionSamples
  let target = before
  return {
    move(point) {
      target = snapPosition(viewport.positionAt(point.xPx), point.isFree ? 'off' : editor.snapStep, session.time)
      if (!transport.isPlaying) transport.seek(target)
    },
    end() {
      if (transport.isPlaying) transport.seek(target)
    },
    cancel() {
      if (!transport.isPlaying) transport.seek(before)
    },
  }
}
