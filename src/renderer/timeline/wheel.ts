import type { Editor } from '../state/Editor.svelte.ts'
import { songEnd } from '../../shared/project/queries.ts'

const ZOOM_PER_PX = 0.0022
const LINE_PX = 16

/**
 * Ctrl and wheel (or a pinch) zooms at the pointer, Shift and wheel or a sideways wheel scrolls along the song, Alt and
 * wheel changes the lanes' height. True when the wheel was used; else it scrolls the lanes.
 */
export function turnWheel(editor: Editor, event: WheelEvent, xPx: number): boolean {
  const { viewport, transport, session } = editor
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
  if (event.ctrlKey || event.metaKey) {
    viewport.zoomBy(Math.exp(-event.deltaY * unit * ZOOM_PER_PX), Math.max(0, xPx))
    return true
  }
  if (event.altKey) {
    viewport.changeLaneSize(event.deltaY > 0 ? -1 : 1)
    return true
  }
  const along = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
  if (along === 0) return false
  transport.isFollowSuspended = true
  viewport.scrollTo(viewport.scrollPx + along * unit, songEnd(session.project))
  return true
}
