import type { RegionId, TrackId } from '../../../shared/base/id.ts'
import { addRegion, moveRegions } from '../../../shared/project/edits/regions.ts'
import type { Project, Region, Track } from '../../../shared/project/model.ts'
import type { Samples } from '../../../shared/units/time.ts'
import { idsOf, labelled } from '../../state/commands/edit-commands.ts'
import { bringToTrack, refusalOf } from '../../state/assign.ts'
import { ghostsOf } from '../ghosts.ts'
import { trackAtY } from '../lanes.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'
import { snapMove } from './snap-move.ts'

/** Where the drag would end. */
interface Landing {
  readonly bySamples: Samples
  /** Another lane than the grabbed region's; null for a move along its own. */
  readonly track: Track | null
  readonly refusal: string | null
  readonly isCopy: boolean
}

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
    let landing: Landing = { bySamples: 0, track: null, refusal: null, isCopy: false }
    session.begin(labelled('Move', regions))

    function landingAt(point: GesturePoint): Landing {
      const travelled = (point.xPx - origin.xPx) * viewport.samplesPerPx
      const earliest = Math.min(...regions.map((region) => region.startSamples))
      const snapped = snapMove(before, editor.snapStep, grabbed.startSamples, travelled, point.isFree)
      ui.snapLineSamples = snapped.line
      const under = trackAtY(editor, before, point.yPx)
      const track = under && under.id !== grabbed.trackId ? under : null
      return {
        bySamples: Math.max(snapped.bySamples, -earliest),
        track,
        refusal: track ? refusalOf(regions, track) : null,
        isCopy: point.isCopy,
      }
    }
    return {
      move(point) {
        landing = landingAt(point)
        const isLive = landing.track === null && !landing.isCopy
        session.continue((start) => (isLive ? moveRegions(start, ids, landing.bySamples) : start))
        ui.targetTrackId = landing.track?.id ?? null
        ui.refusal = landing.refusal
        ui.ghosts = isLive ? [] : ghostsOf(editor, regions, landing.track, landing.bySamples)
      },
      end() {
        session.abandon()
        if (landing.refusal !== null) return editor.host.say(landing.refusal)
        const verb = landing.isCopy
          ? 'Copy'
          : landing.track?.kind === 'singer'
            ? `Sing with ${landing.track.name}:`
            : 'Move'
        session.edit(labelled(verb, regions), (project) => landed(project, ids, landing, editor.mint.regionId))
        if (landing.track) editor.followToTrack(regions, landing.track.id)
      },
      cancel: () => session.abandon(),
    }

    function landed(project: Project, regionIds: readonly RegionId[], to: Landing, mint: () => RegionId): Project {
      const [start, moving] = to.isCopy ? copied(project, regionIds, mint) : [project, regionIds]
      if (!to.track) return moveRegions(start, moving, to.bySamples)
      return landedOnTrack(start, moving, to.track.id, to.bySamples)
    }
    /** A source that is sung keeps its place; what is sung from it moves. */
    function landedOnTrack(project: Project, moving: readonly RegionId[], trackId: TrackId, by: Samples): Project {
      const onTrack = bringToTrack(project, moving, trackId, editor.mint)
      const arrived = Object.values(onTrack.regions).filter(
        (region) => region.trackId === trackId && (!(region.id in project.regions) || moving.includes(region.id)),
      )
      return moveRegions(onTrack, idsOf(arrived), by)
    }
  }

function copied(project: Project, ids: readonly RegionId[], mint: () => RegionId): [Project, readonly RegionId[]] {
  const copies = ids.map((id) => ({ ...project.regions[id], id: mint(), replacesRegionId: null }))
  return [copies.reduce(addRegion, project), idsOf(copies)]
}
