import type { DomainId, MarkerId, ProjectId, RegionId, RenderKey, SingerId, SourceId, TrackId } from '../base/id.ts'
import type { Decibels } from '../units/level.ts'
import type { TempoMap } from '../units/tempo.ts'
import type { Hertz, Samples } from '../units/time.ts'
import type { Performance } from './performance.ts'

/** The document: readonly data, positions in integer samples at `rateHz`. What a person saves is exactly this. */
export interface Project {
  readonly format: 'understudy'
  readonly version: 4
  readonly id: ProjectId
  readonly name: string
  readonly rateHz: Hertz
  readonly tempoMap: TempoMap
  readonly sources: Readonly<Record<SourceId, Source>>
  /** In the order shown, top first. */
  readonly tracks: readonly Track[]
  readonly regions: Readonly<Record<RegionId, Region>>
  readonly loop: Loop
  /** In time order. */
  readonly markers: readonly Marker[]
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
  /** One of the eight hues; null takes the singer's, or none. */
  readonly hueIndex: number | null
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

/** Has its regions played by a domain of music. */
export interface InstrumentTrack extends TrackCommon {
  readonly kind: 'instrument'
  readonly domainId: DomainId
}

export type Track = SourceTrack | SingerTrack | InstrumentTrack

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
  /** Every sound that it got and that was not thrown away, oldest first; `render` is the chosen one of them. */
  readonly takes: readonly Take[]
  /** Which take sounds where, in time order; empty where the chosen one sounds throughout. */
  readonly comp: readonly CompSpan[]
  /** Which of the two one hears: A/B per region. */
  readonly heard: 'original' | 'converted'
  /** The region on a source track that this one sings instead of; both are not heard at once. */
  readonly replacesRegionId: RegionId | null
  /** One of the eight hues; null takes the track's. */
  readonly hueIndex: number | null
}

/** A render kept under a number that stays with it. */
export interface Take {
  /** From 1, in the order they came; never given again within the region. */
  readonly number: number
  readonly render: Render
  /** A good one, to find again. */
  readonly isStarred: boolean
}

/** From here to the next span, or to the region's end, this take sounds. */
export interface CompSpan {
  /** A position of the source. */
  readonly startSamples: Samples
  readonly takeNumber: number
}

/** A render that exists in the media folder: the sound of one source span under one performance. */
export interface Render {
  readonly key: RenderKey
  /** The span of the source that was rendered; a trim inside it needs no new conversion. */
  readonly sourceStartSamples: Samples
  readonly durationSamples: Samples
  readonly performance: Performance
  /** Digests of the checkpoints it was made with, as `singersDigest` joins them. */
  readonly singerDigest: string
  /** Semitones that automatic transposition settled on. */
  readonly semitones: number
}

export interface Loop {
  readonly isOn: boolean
  readonly startSamples: Samples
  readonly endSamples: Samples
}

/** A named place of the song. */
export interface Marker {
  readonly id: MarkerId
  readonly name: string
  readonly atSamples: Samples
}
