import { regionsOfTrack } from '../../shared/project/queries.ts'
import type { Project, Track } from '../../shared/project/model.ts'
import type { SubLanes } from '../state/SubLanes.svelte.ts'
import type { Viewport } from '../state/Viewport.svelte.ts'

/** What decides where lanes stand. */
export interface LaneView {
  readonly viewport: Pick<Viewport, 'laneHeightPx'>
  readonly subLanes: Pick<SubLanes, 'showsCurves' | 'showsTakes' | 'heightPxOf'>
}

/** Height of a track with everything that stands below it. */
export function trackHeightPx({ viewport, subLanes }: LaneView, project: Project, track: Track): number {
  const hasMore = subLanes.showsCurves || subLanes.showsTakes
  return viewport.laneHeightPx + (hasMore ? subLanes.heightPxOf(track, regionsOfTrack(project, track.id)) : 0)
}

/** Top of a lane, from the top of the first. */
export const laneTopPx = (view: LaneView, project: Project, index: number): number =>
  project.tracks.slice(0, index).reduce((top, track) => top + trackHeightPx(view, project, track), 0)

/** The track whose lane, or what stands below it, is at a height; undefined below the last. */
export function trackAtY(view: LaneView, project: Project, yPx: number): Track | undefined {
  let bottom = 0
  return project.tracks.find((track) => (bottom += trackHeightPx(view, project, track)) > Math.max(0, yPx))
}
