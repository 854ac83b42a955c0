import type { PerformerId, RegionId, TrackId } from '../../shared/base/id.ts'
import { singRegions } from '../../shared/project/edits/performance.ts'
import { moveRegionsToTrack } from '../../shared/project/edits/regions.ts'
import { addTrack, newPerformerTrack, type TrackPerformer } from '../../shared/project/edits/tracks.ts'
import type { Project, Region, Track } from '../../shared/project/model.ts'
import { performerOf, trackOf } from '../../shared/project/queries.ts'
import { say } from '../messages/say.svelte.ts'
import type { MintIds } from './Imports.svelte.ts'

/** Why regions can't go on a lane; null when they can. */
export function refusalOf(regions: readonly Region[], track: Track): string | null {
  if (track.kind === 'source' && regions.some((region) => region.performance !== null))
    return say.state.playsAsTheyAre(track.name)
  return null
}

/** Puts regions on a lane: sources that come to somebody's track are performed there, and stay where they were. */
export function bringToTrack(
  project: Project,
  regionIds: readonly RegionId[],
  trackId: TrackId,
  mint: MintIds,
): Project {
  const track = project.tracks.find((candidate) => candidate.id === trackId)
  if (!track) return project
  const regions = regionIds.map((id) => project.regions[id]).filter((region) => region !== undefined)
  const performer = performerOf(track)
  if (performer === null) return moveRegionsToTrack(project, regionIds, trackId)
  const sung = regions.filter((region) => region.performance !== null)
  const unsung = regions.filter((region) => region.performance === null)
  const moved = moveRegionsToTrack(
    project,
    sung.map((region) => region.id),
    trackId,
  )
  return singRegions(
    moved,
    unsung.map((region) => region.id),
    trackId,
    performer,
    mint.regionId,
  )
}

/** Has somebody perform regions, on their own track; the track is made when there is none. */
export function assignPerformer(
  project: Project,
  regionIds: readonly RegionId[],
  performer: TrackPerformer,
  mint: MintIds,
): Project {
  const [withTrack, trackId] = withPerformerTrack(project, performer, regionIds, mint)
  const elsewhere = regionIds.filter((id) => withTrack.regions[id] && withTrack.regions[id].trackId !== trackId)
  return bringToTrack(withTrack, elsewhere, trackId, mint)
}

/** The performer's track, or a new one right below the lane of the first region. */
export function withPerformerTrack(
  project: Project,
  performer: TrackPerformer,
  regionIds: readonly RegionId[],
  mint: MintIds,
): [Project, TrackId] {
  const known = trackOfPerformer(project, performer.id)
  if (known) return [project, known.id]
  const first = regionIds.map((id) => project.regions[id]).find((region) => region !== undefined)
  const lane = first && trackOf(project, first)
  const index = lane ? project.tracks.indexOf(lane) + 1 : project.tracks.length
  const track = newPerformerTrack(mint.trackId(), performer)
  return [addTrack(project, track, index), track.id]
}

export const trackOfPerformer = (project: Project, id: PerformerId): Track | undefined =>
  project.tracks.find((track) => performerOf(track) === id)
