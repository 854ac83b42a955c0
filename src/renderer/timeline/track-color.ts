import type { Performer } from '../../shared/contract/library.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { performerOf } from '../../shared/project/queries.ts'
import { singerColor, singerHue } from '../ui/singer-hue.ts'

/** Hue says who performs: the singer's or the domain's on their track, the source's grey-blue elsewhere; unless a person chose another. */
export function trackColor(track: Track, performers: readonly Performer[]): string {
  const hueIndex = hueOfTrack(track, performers)
  return hueIndex === null ? 'var(--source)' : singerColor(hueIndex)
}

/** The same as a token's name, for canvases. */
export function trackToken(track: Track, performers: readonly Performer[]): string {
  const hueIndex = hueOfTrack(track, performers)
  return hueIndex === null ? 'source' : singerHue(hueIndex)
}

/** A region's own color, or its track's. */
export const regionColor = (region: Region, track: Track, performers: readonly Performer[]): string =>
  region.hueIndex === null ? trackColor(track, performers) : singerColor(region.hueIndex)

export const regionToken = (region: Region, track: Track, performers: readonly Performer[]): string =>
  region.hueIndex === null ? trackToken(track, performers) : singerHue(region.hueIndex)

export const performerOfTrack = (track: Track, performers: readonly Performer[]): Performer | undefined => {
  const id = performerOf(track)
  return id === null ? undefined : performers.find((performer) => performer.id === id)
}

const hueOfTrack = (track: Track, performers: readonly Performer[]): number | null =>
  track.hueIndex ?? performerOfTrack(track, performers)?.hueIndex ?? null
