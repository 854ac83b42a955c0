import type { Singer } from '../../shared/contract/library.ts'
import type { Track } from '../../shared/project/model.ts'
import { singerColor, singerHue } from '../ui/singer-hue.ts'

/** Hue says who sings: the singer's on a singer track, the source's grey-blue elsewhere. */
export function trackColor(track: Track, singers: readonly Singer[]): string {
  const singer = singerOfTrack(track, singers)
  return singer ? singerColor(singer.hueIndex) : 'var(--source)'
}

/** The same as a token's name, for canvases. */
export function trackToken(track: Track, singers: readonly Singer[]): string {
  const singer = singerOfTrack(track, singers)
  return singer ? singerHue(singer.hueIndex) : 'source'
}

export const singerOfTrack = (track: Track, singers: readonly Singer[]): Singer | undefined =>
  track.kind === 'singer' ? singers.find((singer) => singer.id === track.singerId) : undefined
