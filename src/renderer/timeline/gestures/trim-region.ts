import { trimRegionEnd, trimRegionStart } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Gesture, GestureStart } from './gesture.ts'
import { snapMove } from './snap-move.ts'

/** Drags an edge of a region within its source. */
export const trimRegionGesture =
  (region: Region, edge: 'start' | 'end') =>
  ({ editor, ui, origin }: GestureStart): Gesture => {
    const { session, viewport } = editor
    const at = edge === 'start' ? region.startSamples : regionEnd(region)
    const trim = edge === 'start' ? trimRegionStart : trimRegionEnd
    session.begin(say.edits.trim(region.name))
    return {
      move(point) {
        const travelled = (point.xPx - origin.xPx) * viewport.samplesPerPx
        const { bySamples, line } = snapMove(session.time, editor.snapStep, at, travelled, point.isFree)
        ui.snapLineSamples = line
        session.continue((before) => trim(before, region.id, bySamples))
      },
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }
