import type { RegionId, SingerId, TrackId } from '../../shared/base/id.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { singRegions } from '../../shared/project/edits/performance.ts'
import { moveRegionsToTrack } from '../../shared/project/edits/regions.ts'
import { addTrack, newSingerTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Region, Track } from '../../shared/project/model.ts'
import { trackOf } from '../../shared/project/queries.ts'
import { say } from '../messages/say.svelte.ts'
import type { MintIds } from './Imports.svelte.ts'

/** Why regions can't go on a lane; null when they can. */
export function refusalOf(regions: readonly Region[], track: Track): string | null {
  if (track.kind === 'source' && regions.some((region) => region.performance !== null))
    return say.state.playsAsTheyAre(track.name)
  return null
}

/** Puts regions on a lane: sources that come to a singer track are sung there, and stay where they were. */
export function bringToTrack(
  project: Project,
  regionIds: readonly RegionId[],
  trackId: TrackId,
  mint: MintIds,
): Project {
  const track = project.tracks.find((candidate) => candidate.id === trackId)
  if (!track) return project
  const regions = regionIds.map((id) => project.regions[id]).filter((region) => region !== undefined)
  if (track.kind === 'source') return moveRegionsToTrack(project, regionIds, trackId)
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
    track.singerId,
    mint.regionId,
  )
}

/** Lets a singer sing regions, on that singer's track; the track is made when there is none. */
export function assignSinger(project: Project, regionIds: readonly RegionId[], singer: Singer, mint: MintIds): Project {
  const [withTrack, trackId] = withSingerTrack(project, singer, regionIds, mint)
  const elsewhere = regionIds.filter((id) => withTrack.regions[id] && withTrack.regions[id].trackId !== trackId)
  return bringToTrack(withTrack, elsewhere, trackId, mint)
}

/** The singer's track, or a new one right below the lane of the first region. */
export function withSingerTrack(
  project: Project,
  singer: Pick<Singer, 'id' | 'name'>,
  regionIds: readonly RegionId[],
  mint: MintIds,
): [Project, TrackId] {
  const known = trackOfSinger(project, singer.id)
  if (known) return [project, known.id]
  const first = regionIds.map((id) => project.regions[id]).find((region) => region !== undefined)
  const lane = first && trackOf(project, first)
  const index = lane ? project.tracks.indexOf(lane) + 1 : project.tracks.length
  const track = newSingerTrack(mint.trackId(), singer.name, singer.id)
  return [addTrack(project, track, index), track.id]
}

const trackOfSinger = (project: Project, singerId: SingerId): Track | undefined =>
  project.tracks.find((track) => track.kind === 'singer' && track.singerId === singerId)
