import type { DomainId, PerformerId, SingerId, TrackId } from '../../base/id.ts'
import { traitsOf } from '../converters.ts'
import type { InstrumentTrack, Project, SingerTrack, SourceTrack, Track } from '../model.ts'
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

export const newInstrumentTrack = (id: TrackId, name: string, domainId: DomainId): InstrumentTrack => ({
  ...newSourceTrack(id, name),
  kind: 'instrument',
  domainId,
})

/** Who can be given a track: a singer's card or a domain's. */
export interface TrackPerformer {
  readonly id: PerformerId
  readonly name: string
  readonly converter: string
}

/** A track for a singer, or an instrument's. */
export const newPerformerTrack = (id: TrackId, performer: TrackPerformer): Track => ({
  ...newSourceTrack(id, performer.name),
  ...performing(performer),
})

/** A card's converter says which of both its id is. */
const performing = ({ id, converter }: TrackPerformer) =>
  traitsOf({ converter }).isInstrument
    ? { kind: 'instrument' as const, domainId: id as DomainId }
    : { kind: 'singer' as const, singerId: id as SingerId }

/** An empty track of the same kind and performer. */
export function newTrackLike(track: Track, id: TrackId, name: string): Track {
  switch (track.kind) {
    case 'source':
      return newSourceTrack(id, name)
    case 'singer':
      return newSingerTrack(id, name, track.singerId)
    case 'instrument':
      return newInstrumentTrack(id, name, track.domainId)
  }
}

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

/** What a strip can change. Who performs on it is changed by `setTrackPerformer`. */
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

/** Gives the track and all of its regions to somebody else; renders stay and become out of date. */
export function setTrackPerformer(
  project: Project,
  trackId: TrackId,
  performer: TrackPerformer,
  name: string,
): Project {
  const tracks = project.tracks.map((track): Track =>
    track.id === trackId && track.kind !== 'source'
      ? { ...newPerformerTrack(track.id, performer), ...stripOf(track), name }
      : track,
  )
  const regions = Object.fromEntries(
    Object.entries(project.regions).map(([id, region]) => [
      id,
      region.trackId === trackId && region.performance
        ? { ...region, performance: { ...region.performance, singerId: performer.id } }
        : region,
    ]),
  )
  return { ...project, tracks, regions }
}

const stripOf = ({ gainDb, pan, isMuted, isSoloed, hueIndex }: Track) => ({ gainDb, pan, isMuted, isSoloed, hueIndex })
