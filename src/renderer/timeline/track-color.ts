import type { Singer } from '../../shared/contract/library.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { singerColor, singerHue } from '../ui/singer-hue.ts'

/** Hue says who sings: the singer's on a singer track, the source's grey-blue elsewhere; unless a person chose another. */
export function trackColor(track: Track, singers: readonly Singer[]): string {
  const hueIndex = hueOfTrack(track, singers)
  return hueIndex === null ? 'var(--source)' : singerColor(hueIndex)
}

/** The same as a token's name, for canvases. */
export function trackToken(track: Track, singers: readonly Singer[]): string {
  const hueIndex = hueOfTrack(track, singers)
  return hueIndex === null ? 'source' : singerHue(hueIndex)
}

/** A region's own color, or its track's. */
export const regionColor = (region: Region, track: Track, singers: readonly Singer[]): string =>
  region.hueIndex === null ? trackColor(track, singers) : singerColor(region.hueIndex)

export const regionToken = (region: Region, track: Track, singers: readonly Singer[]): string =>
  region.hueIndex === null ? trackToken(track, singers) : singerHue(region.hueIndex)

export const singerOfTrack = (track: Track, singers: readonly Singer[]): Singer | undefined =>
  track.kind === 'singer' ? singers.find((singer) => singer.id === track.singerId) : undefined

const hueOfTrack = (track: Track, singers: readonly Singer[]): number | null =>
  track.hueIndex ?? singerOfTrack(track, singers)?.hueIndex ?? null
