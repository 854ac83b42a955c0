import type { RegionId } from '../../../shared/base/id.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { laneTopPx } from '../lanes.ts'
import type { PixelBox } from '../TimelineUi.svelte.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'

/** Selects what a rectangle touches; with Ctrl or Shift held at the start it adds to the selection. */
export const marqueeGesture = ({ editor, ui, origin }: GestureStart): Gesture => {
  const before = [...editor.selection.ids]
  const isAdding = origin.isCopy || origin.isFree
  return {
    move(point) {
      const box = boxBetween(origin, point)
      ui.marquee = box
      editor.selection.select([...(isAdding ? before : []), ...regionsIn(editor, box)])
    },
    end: () => {},
    cancel: () => editor.selection.select(before),
  }
}

export function boxBetween(a: GesturePoint, b: GesturePoint): PixelBox {
  const left = Math.min(a.xPx, b.xPx)
  const top = Math.min(a.yPx, b.yPx)
  return { left, top, width: Math.abs(a.xPx - b.xPx), height: Math.abs(a.yPx - b.yPx) }
}

export function regionsIn(
  { session, viewport, subLanes }: Pick<Editor, 'session' | 'viewport' | 'subLanes'>,
  box: PixelBox,
): RegionId[] {
  const { project } = session
  return project.tracks.flatMap((track, index) => {
    const top = laneTopPx({ viewport, subLanes }, project, index)
    if (top + viewport.laneHeightPx <= box.top || top >= box.top + box.height) return []
    return Object.values(project.regions)
      .filter((region) => region.trackId === track.id)
      .filter(
        (region) =>
          viewport.xOf(regionEnd(region)) > box.left && viewport.xOf(region.startSamples) < box.left + box.width,
      )
      .map((region) => region.id)
  })
}
