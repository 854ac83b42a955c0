import type { Decibels } from '../../units/level.ts'
import type { TempoMap } from '../../units/tempo.ts'
import type { Hertz, Samples } from '../../units/time.ts'

/** An arrangement as other workstations understand one. Positions are samples at `rateHz`, the media's rate too. */
export interface Session {
  readonly name: string
  /** Name and version of the program. */
  readonly application: { readonly name: string; readonly version: string }
  /** "AI converted: …"; null where nothing was. */
  readonly notice: string | null
  readonly rateHz: Hertz
  readonly tempoMap: TempoMap
  readonly tracks: readonly SessionTrack[]
  readonly markers: readonly { readonly name: string; readonly atSamples: Samples }[]
}

export interface SessionTrack {
  readonly name: string
  readonly gainDb: Decibels
  /** −1 left … 1 right. */
  readonly pan: number
  readonly isMuted: boolean
  readonly isSoloed: boolean
  readonly clips: readonly SessionClip[]
}

export interface SessionClip {
  readonly name: string
  readonly startSamples: Samples
  readonly durationSamples: Samples
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
  readonly gainDb: Decibels
  /** False for what is not heard: muted, or sung by another track. */
  readonly isHeard: boolean
  readonly media: SessionMedia
  /** Where in the media the clip begins. */
  readonly mediaStartSamples: Samples
}

/** A sound file inside the archive. */
export interface SessionMedia {
  /** With slashes, from the archive's root. */
  readonly path: string
  readonly channelCount: number
  readonly durationSamples: Samples
}
