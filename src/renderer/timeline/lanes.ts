import type { Project, Track } from '../../shared/project/model.ts'
import type { Viewport } from '../state/Viewport.svelte.ts'

/** Top of a lane, from the top of the first. */
export const laneTopPx = (viewport: Pick<Viewport, 'laneHeightPx'>, index: number): number =>
  index * viewport.laneHeightPx

/** The track whose lane is at a height; undefined below the last. */
export const trackAtY = (project: Project, viewport: Pick<Viewport, 'laneHeightPx'>, yPx: number): Track | undefined =>
  project.tracks[Math.floor(Math.max(0, yPx) / viewport.laneHeightPx)]
