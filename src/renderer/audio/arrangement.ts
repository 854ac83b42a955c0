import type { MediaId } from '../../shared/contract/media.ts'
import type { Decibels, Gain } from '../../shared/units/level.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'

/** What is to be heard, as plain data: no ids of the document's rooms beyond names for parts and strips. */
export interface Arrangement {
  readonly rateHz: Hertz
  readonly strips: readonly Strip[]
  /** In no particular order; parts of one strip may overlap and then crossfade. */
  readonly parts: readonly Part[]
}

/** One channel: a track's gain, place and silence. */
export interface Strip {
  readonly id: string
  readonly gainDb: Decibels
  /** −1 left … 1 right. */
  readonly pan: number
  readonly isSilent: boolean
}

/** One region as sound: the same span from the original and, if there is one, from the converted media. */
export interface Part {
  readonly id: string
  readonly stripId: string
  readonly startSamples: Samples
  readonly durationSamples: Samples
  readonly original: Sound
  readonly converted: Sound | null
  /** The takes of a comp as they follow each other, instead of the one converted sound; empty without a comp. */
  readonly takes: readonly TakeSound[]
  readonly gain: Gain
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
  readonly heard: Heard
}

export type Heard = 'original' | 'converted'

/** Where in a media file the part begins. */
export interface Sound {
  readonly mediaId: MediaId
  readonly startSamples: Samples
}

/** A take over a span of the timeline, fading from the one before into the next. */
export interface TakeSound {
  readonly mediaId: MediaId
  /** Where in the media the part begins, though the take may begin later. */
  readonly mediaStartSamples: Samples
  readonly startSamples: Samples
  readonly endSamples: Samples
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
}

export const partEnd = (part: Part): Samples => part.startSamples + part.durationSamples

/** Which of the two sounds a part lets through: what is not converted can only be heard as the original. */
export const heardOf = (part: Part, listensTo: Heard): Heard =>
  listensTo === 'converted' && part.heard === 'converted' && (part.converted || part.takes.length > 0)
    ? 'converted'
    : 'original'

/** Equal in all that a scheduled part can't change any more; `heard` is switched while it plays. */
export function isSameSound(a: Part, b: Part): boolean {
  return (
    a.stripId === b.stripId &&
    a.startSamples === b.startSamples &&
    a.durationSamples === b.durationSamples &&
    a.gain === b.gain &&
    a.fadeInSamples === b.fadeInSamples &&
    a.fadeOutSamples === b.fadeOutSamples &&
    isSameMedia(a.original, b.original) &&
    isSameMedia(a.converted, b.converted) &&
    a.takes.length === b.takes.length &&
    a.takes.every((take, index) => isSameTake(take, b.takes[index]))
  )
}

const isSameMedia = (a: Sound | null, b: Sound | null): boolean =>
  a === b || (a !== null && b !== null && a.mediaId === b.mediaId && a.startSamples === b.startSamples)

const isSameTake = (a: TakeSound, b: TakeSound): boolean =>
  a.mediaId === b.mediaId &&
  a.mediaStartSamples === b.mediaStartSamples &&
  a.startSamples === b.startSamples &&
  a.endSamples === b.endSamples &&
  a.fadeInSamples === b.fadeInSamples &&
  a.fadeOutSamples === b.fadeOutSamples
