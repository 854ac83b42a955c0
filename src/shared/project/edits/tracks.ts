import type { SingerId, TrackId } from '../../base/id.ts'
import type { Project, SingerTrack, SourceTrack, Track } from '../model.ts'
import { deleteRegions } from './regions.ts'

export const newSourceTrack = (id: TrackId, name: string): SourceTrack => ({
  kind: 'source',
  id,
  name,
  gainDb: 0,
  pan: 0,
  isMuted: false,
  isSoloed: false,
  hueIndex: null,
})

export const newSingerTrack = (id: TrackId, name: string, singerId: SingerId): SingerTrack => ({
  ...newSourceTrack(id, name),
  kind: 'singer',
  singerId,
})

/** Adds a track at `index`, by default below the others. */
export function addTrack(project: Project, track: Track, index = project.tracks.length): Project {
  return { ...project, tracks: [...project.tracks.slice(0, index), track, ...project.tracks.slice(index)] }
}

/** Removes a track with its regions. */
export function removeTrack(project: Project, trackId: TrackId): Project {
  const lost = Object.values(project.regions).filter((region) => region.trackId === trackId)
  const emptied = deleteRegions(
    project,
    lost.map((region) => region.id),
  )
  return { ...emptied, tracks: emptied.tracks.filter((track) => track.id !== trackId) }
}

/** What a strip can change. The singer of a singer track is changed by `setTrackSinger`. */
export type TrackChange = Partial<Pick<Track, 'name' | 'gainDb' | 'pan' | 'isMuted' | 'isSoloed' | 'hueIndex'>>

export const changeTrack = (project: Project, trackId: TrackId, change: TrackChange): Project => ({
  ...project,
  tracks: project.tracks.map((track) => (track.id === trackId ? { ...track, ...change } : track)),
})

export function moveTrack(project: Project, trackId: TrackId, index: number): Project {
  const moved = project.tracks.find((track) => track.id === trackId)
  if (!moved) return project
  const others = project.tracks.filter((track) => track.id !== trackId)
  return { ...project, tracks: [...others.slice(0, index), moved, ...others.slice(index)] }
}

/** Gives the track and all of its regions another singer; renders stay and become out of date. */
export function setTrackSinger(project: Project, trackId: TrackId, singerId: SingerId, name: string): Project {
  const tracks = project.tracks.map((track) =>
    track.id === trackId && track.kind === 'singer' ? { ...track, singerId, name } : track,
  )
  const regions = Object.fromEntries(
    Object.entries(project.regions).map(([id, region]) => [
      id,
      region.trackId === trackId && region.performance
        ? { ...region, performance: { ...region.performance, singerId } }
        : region,
    ]),
  )
  return { ...project, tracks, regions }
}
