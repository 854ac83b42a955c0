import type { PerformerId, RegionId, TrackId } from '../base/id.ts'
import type { Samples } from '../units/time.ts'
import type { Project, Region, Track } from './model.ts'
import { whatIsHeard, type Performance } from './performance.ts'

export const regionEnd = (region: Region): Samples => region.startSamples + region.durationSamples

/** The regions of a track in time order. */
export const regionsOfTrack = (project: Project, trackId: TrackId): readonly Region[] =>
  Object.values(project.regions)
    .filter((region) => region.trackId === trackId)
    .sort((a, b) => a.startSamples - b.startSamples || (a.id < b.id ? -1 : 1))

/** Where the last region ends: the song's length. */
export const songEnd = (project: Project): Samples =>
  Object.values(project.regions).reduce((end, region) => Math.max(end, regionEnd(region)), 0)

export const trackOf = (project: Project, region: Region): Track | undefined =>
  project.tracks.find((track) => track.id === region.trackId)

/** Who performs what lies on a track; null where sources are played as they are. */
export function performerOf(track: Track): PerformerId | null {
  switch (track.kind) {
    case 'source':
      return null
    case 'singer':
      return track.singerId
    case 'instrument':
      return track.domainId
  }
}

/**
 * Whether the region's render no longer is what it asks for: another singer, emotion, pitch or strength, a
 * newer checkpoint, or a span beyond what was rendered. Moving, muting, fading and trimming inside change nothing.
 */
export function isStale(region: Region, singerDigest: string | null): boolean {
  const { render, performance } = region
  if (!render || !performance) return false
  if (singerDigest !== null && render.singerDigest !== singerDigest) return true
  const startsInside = region.sourceStartSamples >= render.sourceStartSamples
  const endsInside =
    region.sourceStartSamples + region.durationSamples <= render.sourceStartSamples + render.durationSamples
  return !startsInside || !endsInside || !isSamePerformance(render.performance, performance)
}

/** Equal in everything that is heard: the emotion doesn't matter at intensity 0, nor the intensity of neutral. */
export const isSamePerformance = (a: Performance, b: Performance): boolean =>
  a === b || JSON.stringify(whatIsHeard(a)) === JSON.stringify(whatIsHeard(b))

/** Ids of regions that another region sings instead, as long as that one is heard. */
export function replacedRegionIds(project: Project): ReadonlySet<RegionId> {
  const replaced = new Set<RegionId>()
  for (const region of Object.values(project.regions)) {
    if (region.replacesRegionId && !region.isMuted) replaced.add(region.replacesRegionId)
  }
  return replaced
}

/** Regions that are heard: not muted, not replaced, on a track that is neither muted nor silenced by a solo. */
export function audibleRegions(project: Project): readonly Region[] {
  const hasSolo = project.tracks.some((track) => track.isSoloed)
  const audibleTracks = new Set(
    project.tracks.filter((track) => !track.isMuted && (!hasSolo || track.isSoloed)).map((track) => track.id),
  )
  const replaced = replacedRegionIds(project)
  return Object.values(project.regions).filter(
    (region) => !region.isMuted && !replaced.has(region.id) && audibleTracks.has(region.trackId),
  )
}
