import { moveRegions } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import { idsOf, regionsNamed } from '../../state/labels.ts'
import { lanesToward, type LaneChoice, type Landing } from '../../state/landing.ts'
import { landRegions } from '../../state/land-regions.ts'
import { ghostsOf } from '../ghosts.ts'
import { trackAtY } from '../lanes.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'
import { snapMove } from './snap-move.ts'

/**
 * Moves the selected regions by one of them. Along a lane they move at once; toward another lane, or as a copy,
 * outlines show what would happen, and the document changes at the end.
 */
export const moveRegionsGesture =
  (grabbed: Region) =>
  ({ editor, ui, origin }: GestureStart): Gesture => {
    const { session, viewport } = editor
    const before = session.project
    const regions = editor.selection.regions(before)
    const ids = idsOf(regions)
    let landing: Landing & LaneChoice = { bySamples: 0, lanes: null, refusal: null, isCopy: false }
    session.begin(say.edits.move(regionsNamed(regions)))

    function landingAt(point: GesturePoint): Landing & LaneChoice {
      const travelled = (point.xPx - origin.xPx) * viewport.samplesPerPx
      const earliest = Math.min(...regions.map((region) => region.startSamples))
      const snapped = snapMove(session.time, editor.snapStep, grabbed.startSamples, travelled, point.isFree)
      ui.snapLineSamples = snapped.line
      const under = trackAtY(editor, before, point.yPx) ?? 'new'
      return {
        bySamples: Math.max(snapped.bySamples, -earliest),
        isCopy: point.isCopy,
        ...lanesToward(before, regions, grabbed, under),
      }
    }
    return {
      move(point) {
        landing = landingAt(point)
        const { lanes } = landing
        const isLive = lanes === null && !landing.isCopy
        session.continue((start) => (isLive ? moveRegions(start, ids, landing.bySamples) : start))
        ui.targetTrackId = lanes === 'new' ? 'new' : (lanes?.get(grabbed.id)?.id ?? null)
        ui.refusal = landing.refusal
        ui.ghosts = isLive ? [] : ghostsOf(editor, regions, lanes, landing.bySamples)
      },
      end() {
        session.abandon()
        if (landing.refusal !== null) return editor.host.say(landing.refusal)
        landRegions(editor, regions, landing)
      },
      cancel: () => session.abandon(),
    }
  }
