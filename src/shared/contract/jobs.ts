import type { Failure } from '../base/errors.ts'
import type {
  EmotionModelId,
  JobId,
  PerformerId,
  ProjectId,
  RegionId,
  RenderKey,
  SingerId,
  SourceId,
  VocoderId,
  DomainId,
} from '../base/id.ts'
import type { Render, Source } from '../project/model.ts'
import type { MethodFigure } from '../project/singer-provenance.ts'
import type { ClipFinding } from '../screening/finding.ts'
import type { ClipSlice } from '../screening/slices.ts'
import type { PlayedAgreement } from '../conversion/played-agreement.ts'
import type { ReportCourse } from '../conversion/report-course.ts'
import type { SingerDistance, TimbreEvidence } from '../conversion/timbre-evidence.ts'
import type { EmotionTrainSummary } from './emotions.ts'
import type { NativeVariantId, TrainingMethod } from './engines.ts'
import type { NamedTraining } from './named-training.ts'
import type { DomainTrainSummary } from './domains.ts'
import type { VocoderTrainSummary } from './vocoders.ts'

/** A piece of work that can be watched and cancelled. */
export interface Job {
  readonly id: JobId
  readonly kind: JobKind
  /** "Converting Chorus for Mira": what it does, in the words of the interface. */
  readonly title: string
  readonly state: JobState
  /** 0…1, monotone within one attempt. */
  readonly fraction: number
  /** "finding the pitch", "step 640 of 1200". */
  readonly phase: string
  /** From the measured rate; null until 5 % or 3 s. */
  readonly remainingSec: number | null
  /** From the fastest and the slowest it got on lately; null or missing until that can be told. */
  readonly remainingRangeSec?: { readonly lowSec: number; readonly highSec: number } | null
  /** Place in the waiting line, 1 is next; null when not queued. */
  readonly queuePosition: number | null
  readonly createdAtMs: number
  readonly finishedAtMs: number | null
  readonly subject: JobSubject
  /** Present when kind is `train`; missing where an earlier version kept no request either: such a training goes on no more. */
  readonly training?: NamedTraining
  /** Present when state is `done`. */
  readonly outcome: JobOutcome | null
  /** Present when state is `failed`. */
  readonly failure: Failure | null
  readonly isRetryable: boolean
}

export type JobKind =
  'import' | 'inspect' | 'train' | 'audition' | 'convert' | 'export' | 'engine-check' | 'engine-install'
export type JobState = 'queued' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed'

/** What a job is about, so that the interface can show it in place. */
export type JobSubject =
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  | { readonly kind: 'region'; readonly projectId: ProjectId; readonly regionId: RegionId }
  /** `besideIds`: others who are learned in the same training. */
  | { readonly kind: 'singer'; readonly singerId: SingerId; readonly besideIds?: readonly SingerId[] }
  | { readonly kind: 'emotion'; readonly modelId: EmotionModelId }
  | { readonly kind: 'vocoder'; readonly vocoderId: VocoderId }
  | { readonly kind: 'domain'; readonly domainIds: readonly DomainId[] }
  | { readonly kind: 'machine' }

export type JobOutcome =
  | { readonly kind: 'import'; readonly files: readonly ImportedFile[] }
  | { readonly kind: 'inspect'; readonly clips: readonly ClipVerdict[] }
  | { readonly kind: 'train'; readonly singerId: SingerId; readonly summary: TrainingSummary }
  | { readonly kind: 'train-emotions'; readonly modelId: EmotionModelId; readonly summary: EmotionTrainSummary }
  | { readonly kind: 'train-vocoder'; readonly vocoderId: VocoderId; readonly summary: VocoderTrainSummary }
  | {
      readonly kind: 'train-translation'
      readonly domainIds: readonly DomainId[]
      readonly summary: DomainTrainSummary
    }
  | {
      readonly kind: 'audition'
      readonly singerId: SingerId
      readonly auditionId: string
      readonly originalId: string
    }
  | {
      readonly kind: 'emotion-audition'
      readonly modelId: EmotionModelId
      readonly auditionId: string
      readonly originalId: string
    }
  | {
      readonly kind: 'vocoder-audition'
      readonly vocoderId: VocoderId
      readonly auditionId: string
      readonly originalId: string
    }
  | {
      readonly kind: 'convert'
      readonly render: Render
      readonly report: ConversionReport
      readonly wasCached: boolean
    }
  | { readonly kind: 'export'; readonly files: readonly ExportedFile[] }
  | { readonly kind: 'engine-check' }
  | { readonly kind: 'engine-install'; readonly variant: NativeVariantId }

/** One file of an import: it came in, or says why not; the others go on. */
export type ImportedFile =
  | {
      readonly fileName: string
      readonly isImported: true
      readonly source: Source
      readonly isDuplicate: boolean
      readonly notes: readonly string[]
    }
  | {
      readonly fileName: string
      readonly isImported: false
      readonly failure: Failure
      readonly readableSec: number | null
    }

/** What was found in a training clip before training. */
export interface ClipVerdict {
  readonly clipId: SourceId
  readonly fileName: string
  readonly durationSec: number
  readonly loudnessLufs: number | null
  readonly noiseFloorDb: number | null
  readonly voicedFraction: number
  readonly lowestHz: number | null
  readonly highestHz: number | null
  readonly clippedSampleCount: number
  readonly isKept: boolean
  /** "clean", "too quiet: −52 LUFS, at least −45 is needed", "same audio as verse.wav": the weightiest finding. */
  readonly reason: string
  /** Everything that was found, the severest first. */
  readonly findings: readonly ClipFinding[]
  /** Where it is cut at quiet places: what is learned from. */
  readonly slices: readonly ClipSlice[]
  /** Nothing sounds above; null where it reaches as high as it should. */
  readonly cutoffHz: number | null
  /** Seconds of voice per MIDI note, for the coverage picture. */
  readonly secondsPerNote: Readonly<Record<number, number>>
}

export interface TrainingSummary {
  readonly stepCount: number
  readonly bestStep: number
  readonly bestHeldOutLoss: number
  readonly stoppedEarly: boolean
  readonly trainingSec: number
  readonly backend: string
  /** How each of its singers was learned, in the order of the request; missing in what older versions kept. */
  readonly singers?: readonly LearnedSinger[]
}

/** What became of one singer of a training. */
export interface LearnedSinger {
  readonly name: string
  readonly method: TrainingMethod
  readonly bestStep: number
  readonly clipsSec: number
  /** What the ways that were tried came to; empty where one alone was. */
  readonly compared: readonly MethodFigure[]
}

/** One point of the curve that is shown while a singer learns. */
export interface TrainingPoint {
  readonly step: number
  readonly trainLoss: number
  /** Only at checkpoints. */
  readonly heldOutLoss: number | null
  /** Render of the held-out phrase at this checkpoint, to listen to. */
  readonly auditionId: string | null
  /** Of an emotion or a waveform model at its checks: the terms by name, on clips that were held out where any were. */
  readonly losses?: Readonly<Record<string, number>>
  /** How probable a judge finds the wanted emotion in held-out clips that were translated, and that of real ones. */
  readonly judged?: { readonly wanted: number; readonly real: number }
}

/** What was measured about one conversion, against its source. */
export interface ConversionReport {
  readonly renderKey: RenderKey
  readonly durationSamples: number
  readonly semitones: number
  /** After transposition; null where nothing is voiced. */
  readonly medianPitchErrorCents: number | null
  /** Share of frames voiced in one and unvoiced in the other. */
  readonly voicingDisagreement: number
  readonly levelChangeDb: number
  /** Of the render's loudness against the source's. */
  readonly timingOffsetSamples: number
  /** At full scale or beyond; null in reports of earlier versions. */
  readonly clippedSampleCount: number | null
  /** Null in reports of earlier versions. */
  readonly timbre: ReportedTimbre | null
  /** What the figures come to along the region; missing in reports of earlier versions. */
  readonly course?: ReportCourse
  /** Of what a domain played. */
  readonly agreement?: PlayedAgreement
  readonly renderSec: number
}

/**
 * How far the render's timbre is from those who sing it and from its source: mean distance of its voiced spectra from the
 * nearest real ones, dB, without what an equalizer can change. Null where there is too little voice to tell.
 */
export interface ReportedTimbre {
  readonly singers: readonly (SingerDistance & { readonly singerId: PerformerId })[]
  readonly source: TimbreEvidence['source']
}

export interface ExportedFile {
  readonly path: string
  readonly durationSamples: number
  readonly bytes: number
}
