import type { ProjectId, RegionId, RenderKey, SingerId, SourceId, TrackId } from '../base/id.ts'
import type { Decibels } from '../units/level.ts'
import type { Tempo } from '../units/tempo.ts'
import type { Hertz, Samples } from '../units/time.ts'

/** The document: readonly data, positions in integer samples at `rateHz`. What a person saves is exactly this. */
export interface Project {
  readonly format: 'understudy'
  readonly version: 1
  readonly id: ProjectId
  readonly name: string
  readonly rateHz: Hertz
  readonly tempo: Tempo
  readonly sources: Readonly<Record<SourceId, Source>>
  /** In the order shown, top first. */
  readonly tracks: readonly Track[]
  readonly regions: Readonly<Record<RegionId, Region>>
  readonly loop: Loop
}

/** An imported file. Its audio lies in the media folder, resampled once to the project's rate, kept unchanged. */
export interface Source {
  readonly id: SourceId
  readonly name: string
  readonly originalRateHz: Hertz
  readonly channelCount: number
  readonly durationSamples: Samples
}

interface TrackCommon {
  readonly id: TrackId
  readonly name: string
  readonly gainDb: Decibels
  /** −1 left … 1 right. */
  readonly pan: number
  readonly isMuted: boolean
  readonly isSoloed: boolean
}

/** Plays sources as they are. */
export interface SourceTrack extends TrackCommon {
  readonly kind: 'source'
}

/** Gives its regions a singer. */
export interface SingerTrack extends TrackCommon {
  readonly kind: 'singer'
  readonly singerId: SingerId
}

export type Track = SourceTrack | SingerTrack

/** A span of a source, placed in time on a track. */
export interface Region {
  readonly id: RegionId
  readonly trackId: TrackId
  readonly name: string
  readonly sourceId: SourceId
  /** Where in the source the region begins. */
  readonly sourceStartSamples: Samples
  /** Where on the timeline it stands. */
  readonly startSamples: Samples
  readonly durationSamples: Samples
  readonly gainDb: Decibels
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
  readonly isMuted: boolean
  /** What the region asks for; null on a source track: the source as it is. */
  readonly performance: Performance | null
  /** The sound it last got, if any; out of date when `performance` or the span no longer asks for it. */
  readonly render: Render | null
  /** Which of the two one hears: A/B per region. */
  readonly heard: 'original' | 'converted'
  /** The region on a source track that this one sings instead of; both are not heard at once. */
  readonly replacesRegionId: RegionId | null
}

/** What a region asks for: together with its source span everything that decides its sound. */
export interface Performance {
  readonly singerId: SingerId
  readonly emotion: EmotionRequest
  readonly transposition: Transposition
  /** How much of the change is applied, 0…1; .6 is the middle of the control. */
  readonly strength: number
  readonly renderer: 'filter'
  readonly seed: number
}

export interface EmotionRequest {
  /** An id of the emotion registry; `neutral` changes nothing at any intensity. */
  readonly emotionId: string
  /** 0…1; 0 is the identity. */
  readonly intensity: number
}

/** `auto` moves by whole octaves toward the singer's own range. */
export type Transposition = { readonly kind: 'auto' } | { readonly kind: 'semitones'; readonly semitones: number }

/** A render that exists in the media folder: the sound of one source span under one performance. */
export interface Render {
  readonly key: RenderKey
  /** The span of the source that was rendered; a trim inside it needs no new conversion. */
  readonly sourceStartSamples: Samples
  readonly durationSamples: Samples
  readonly performance: Performance
  /** Digest of the singer's checkpoint it was made with. */
  readonly singerDigest: string
  /** Semitones that automatic transposition settled on. */
  readonly semitones: number
}

export interface Loop {
  readonly isOn: boolean
  readonly startSamples: Samples
  readonly endSamples: Samples
}

export const defaultPerformance = (singerId: SingerId): Performance => ({
  singerId,
  emotion: { emotionId: 'neutral', intensity: 0.6 },
  transposition: { kind: 'auto' },
  strength: 1,
  renderer: 'filter',
  seed: 1,
})
