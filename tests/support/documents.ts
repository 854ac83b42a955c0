import type { DomainId, ProjectId, RegionId, SingerId, SourceId, TrackId } from '../../src/shared/base/id.ts'
import { createProject } from '../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../src/shared/project/edits/regions.ts'
import { addTrack, newSingerTrack, newSourceTrack } from '../../src/shared/project/edits/tracks.ts'
import type { Project } from '../../src/shared/project/model.ts'

// Brands are given here once, for tests only.
export const projectId = 'p1' as ProjectId
export const leadTrack = 't1' as TrackId
export const singerTrack = 't2' as TrackId
export const mira = 'mira' as SingerId
export const jonas = 'jonas' as SingerId
/** A domain of music. */
export const horn = 'horn' as DomainId
export const sourceId = 'a'.repeat(64) as SourceId
export const verse = 'verse' as RegionId
export const chorus = 'chorus' as RegionId

/** Two regions of one ten-second source on a source track, and an empty track sung by Mira. */
export function smallSong(): Project {
  let song = createProject(projectId, 'Paper Lanterns', 48_000)
  song = {
    ...song,
    sources: {
      [sourceId]: { id: sourceId, name: 'lead.wav', originalRateHz: 44_100, channelCount: 1, durationSamples: 480_000 },
    },
  }
  song = addTrack(addTrack(song, newSourceTrack(leadTrack, 'Lead')), newSingerTrack(singerTrack, 'Mira', mira))
  song = addRegion(
    song,
    newRegion({ id: verse, trackId: leadTrack, name: 'Verse', sourceId, durationSamples: 200_000 }),
  )
  return addRegion(
    song,
    newRegion({
      id: chorus,
      trackId: leadTrack,
      name: 'Chorus',
      sourceId,
      sourceStartSamples: 240_000,
      startSamples: 240_000,
      durationSamples: 240_000,
    }),
  )
}

/** Mints r1, r2, …: readable in a failing test. */
export function countingIds(): () => RegionId {
  let count = 0
  return () => `r${++count}` as RegionId
}
