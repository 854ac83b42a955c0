import type { Failure } from '../base/errors.ts'
import type { PlayedAgreement } from '../conversion/played-agreement.ts'
import type { ReportCourse } from '../conversion/report-course.ts'
import type { TimbreEvidence } from '../conversion/timbre-evidence.ts'
import type { SourceId } from '../base/id.ts'
import type { Performance } from '../project/performance.ts'
import type { ClippingReport } from '../screening/clipping.ts'
import type { ClipSlice } from '../screening/slices.ts'
import type { ClipVerdict, TrainingPoint, TrainingSummary } from './jobs.ts'
import type { DomainTrainRequest, DomainTrainSummary } from './domains.ts'
import type { EmotionTrainRequest, EmotionTrainSummary } from './emotions.ts'
import type { EngineId } from './engines.ts'
import type { AskedMethod, TrainingPreset } from './library.ts'
import type { VocoderTrainRequest, VocoderTrainSummary } from './vocoders.ts'
import type { WaveformTraining } from './waveform.ts'

/** What the main process asks of a compute worker. Audio travels as paths, never as bytes. */
export type ComputeTask =
  | { readonly kind: 'convert'; readonly request: ConvertRequest }
  | { readonly kind: 'train'; readonly request: TrainRequest }
  | { readonly kind: 'train-emotions'; readonly request: EmotionTrainRequest }
  | { readonly kind: 'train-vocoder'; readonly request: VocoderTrainRequest }
  | { readonly kind: 'train-translation'; readonly request: DomainTrainRequest }
  | { readonly kind: 'inspect'; readonly request: InspectRequest }
  | { readonly kind: 'measure'; readonly request: Record<never, never> }
  | { readonly kind: 'analyze'; readonly request: AnalyzeRequest }
  | { readonly kind: 'pitch'; readonly request: PitchRequest }
  | { readonly kind: 'estimate'; readonly request: EstimateRequest }
  | { readonly kind: 'copy-synthesis'; readonly request: CopySynthesisRequest }

export interface ConvertRequest {
  /** 32-bit float WAV at the project's rate. */
  readonly sourcePath: string
  /** Where what is found out about sources is kept, and this source's key there; missing, nothing is kept. */
  readonly known?: KnownPlace
  readonly sourceStartSamples: number
  readonly durationSamples: number
  readonly singerPath: string
  /** Of those whom the performance blends in and who are heard, in its order. */
  readonly blendedSingerPaths: readonly string[]
  readonly performance: Performance
  /** Of the person's own emotion model, where the performance names one. */
  readonly emotionFolder?: string
  /** Of the person's own vocoder, where the performance is rendered by one. */
  readonly vocoderPath?: string
  /** What the sound is told to be itself; missing, neutral. */
  readonly sourceEmotion?: string
  /** Written whole, under a temporary name, then renamed. */
  readonly outPath: string
  readonly renderKey: string
}

/** A clip, to be sung again by a vocoder alone. */
export interface CopySynthesisRequest {
  readonly sourcePath: string
  readonly vocoderPath: string
  readonly outPath: string
  readonly seed: number
}

/** Parts of the published training that the spectral networks do without; 0 leaves one out. */
export interface PublishedTraining {
  /** λ of the confusion classifier. */
  readonly confusionWeight: number
  /** Share of the items of the second half of the steps that are translated back. */
  readonly backTranslationShare: number
  /** Share of the items that run backwards. */
  readonly reversedShare: number
}

/** One singer of a training: the clips, what its card says, and where what is learned goes. */
export interface LearningSinger {
  readonly clips: readonly {
    readonly clipId: SourceId
    readonly fileName: string
    readonly path: string
    /** What of it is learned from; missing, all of it. */
    readonly slices?: readonly ClipSlice[]
    /** Its upper bands are empty, whatever its rate says. */
    readonly isNarrow?: boolean
  }[]
  /** Card fields; the worker adds range, duration, digest and date it is given. */
  readonly name: string
  readonly consent: string
  readonly licence: string
  /** Whose voice it is, by name. */
  readonly owner?: string
  /** Checkpoints with optimizer state, auditions and the curve lie here; a training found in it is resumed exactly. */
  readonly workFolder: string
  /** The `.singer` file, rewritten atomically at each better checkpoint. */
  readonly singerPath: string
}

export interface TrainRequest extends LearningSinger {
  /** Others who are learned in the same training. */
  readonly beside?: readonly LearningSinger[]
  /** Name and version of the program, for the card. */
  readonly software?: string
  readonly createdAtMs: number
  readonly preset: TrainingPreset
  /** Missing, from scratch. */
  readonly method?: AskedMethod
  /** Parts of the published training, for singers who learn jointly; missing, none. */
  readonly published?: PublishedTraining
  /** Steps of its own in place of the preset's. */
  readonly plan?: { readonly stepCount: number; readonly checkSteps: number; readonly patience: number }
  readonly size: 'tiny' | 'fast' | 'standard'
  /** All of them in a waveform model, whatever preset, method and size say; missing, as spectra. */
  readonly waveform?: WaveformTraining
  readonly seed: number
}

export interface AnalyzeRequest {
  readonly path: string
  /** A part of the sound alone. */
  readonly span?: { readonly startSamples: number; readonly durationSamples: number }
}

/** A folder that keeps what is found out about sources, and a source's key there. */
export interface KnownPlace {
  readonly folder: string
  readonly sourceKey: string
}

/** The melody of a region, as its conversion hears it. */
export interface PitchRequest {
  readonly sourcePath: string
  readonly known: KnownPlace
  readonly sourceStartSamples: number
  readonly durationSamples: number
}

/** How long a conversion by this file will take. */
export interface EstimateRequest {
  readonly singerPath: string
  readonly durationSec: number
}

export interface InspectRequest {
  readonly clips: readonly {
    readonly clipId: SourceId
    readonly fileName: string
    readonly path: string
    /** The file as it was given; null where it is no longer at hand. */
    readonly original: { readonly rateHz: number; readonly clipping: ClippingReport } | null
  }[]
  /** What is known of clips that were examined before lies here. */
  readonly recordsFolder: string
}

export type ComputeResult =
  | {
      readonly kind: 'convert'
      readonly semitones: number
      readonly medianPitchErrorCents: number | null
      readonly voicingDisagreement: number
      readonly levelChangeDb: number
      readonly timingOffsetSamples: number
      readonly clippedSampleCount: number
      /** Its singers as in the request, the main one first. */
      readonly timbre: TimbreEvidence
      readonly course?: ReportCourse
      readonly agreement?: PlayedAgreement
      readonly renderSec: number
    }
  | {
      readonly kind: 'train'
      readonly summary: TrainingSummary
      readonly lowestHz: number
      readonly highestHz: number
      readonly medianHz: number
      readonly trainedFromSec: number
      readonly singerDigest: string
    }
  | { readonly kind: 'train-emotions'; readonly summary: EmotionTrainSummary }
  | { readonly kind: 'train-vocoder'; readonly summary: VocoderTrainSummary }
  | { readonly kind: 'train-translation'; readonly summary: DomainTrainSummary }
  | { readonly kind: 'inspect'; readonly clips: readonly ClipVerdict[] }
  | { readonly kind: 'measure'; readonly speed: ConversionSpeed }
  | { readonly kind: 'analyze'; readonly analysis: Analysis }
  | {
      readonly kind: 'pitch'
      /** Where in the source frame 0 stands: a little before the region, where there is something. */
      readonly startSamples: number
      /** As `writePitch` writes it (shared/melody). */
      readonly pitch: string
    }
  /** Null for a file whose converter draws no samples. */
  | { readonly kind: 'estimate'; readonly sec: number | null }
  /** It lies where it was asked to. */
  | { readonly kind: 'copy-synthesis' }

/** What converting and reading sound costs on this machine, in seconds of sound per second of work. */
export interface ConversionSpeed {
  readonly realTimeFactor: number
  readonly analysisFactor: number
}

/** What `understudy analyze` prints. */
export interface Analysis {
  readonly rateHz: number
  readonly channelCount: number
  readonly durationSamples: number
  readonly peakDb: number | null
  readonly loudnessLufs: number | null
  readonly clippedSampleCount: number
  readonly voicedFraction: number
  readonly medianHz: number | null
  readonly lowestHz: number | null
  readonly highestHz: number | null
  /** Hz per 5 ms frame, 0 where unvoiced. */
  readonly f0Hz: readonly number[]
}

/** Messages from the main process to a worker. */
export type ToWorker =
  | { readonly kind: 'run'; readonly taskId: string; readonly task: ComputeTask }
  | { readonly kind: 'cancel'; readonly taskId: string }
  /** Training only: `pause` keeps a resumable checkpoint and ends; `finish` ends and keeps the best. */
  | { readonly kind: 'pause' | 'finish'; readonly taskId: string }
  /** For every task from now on. `reason` is shown while it is not full: "the battery is at 18 %". */
  | { readonly kind: 'pace'; readonly pace: Pace; readonly reason: string }

/** How hard a training may work: at full speed, with a break as long as each step after it, or not at all for now. */
export type Pace = 'full' | 'half' | 'rest'

/** What an engine's self-test measured, once its numbers were right. */
export interface EngineTest {
  readonly version: string
  readonly device: string | null
  readonly memoryBytes: number | null
  /** From the start of the process to the first right number. */
  readonly startMs: number
  /** Of its whole process, after the measured steps. */
  readonly residentBytes: number
  readonly stepsPerSec: number
  readonly gflopPerSec: number
  readonly inferenceMs: number
}

/** Messages from a worker. `ready` comes once, after the self-test of its backend. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly backend: EngineId }
  | { readonly kind: 'progress'; readonly taskId: string; readonly fraction: number; readonly phase: string }
  | {
      readonly kind: 'training-point'
      readonly taskId: string
      readonly point: TrainingPoint
      /** Whose: 0 for the request's own singer, then those beside it. */
      readonly singerIndex: number
    }
  | { readonly kind: 'done'; readonly taskId: string; readonly result: ComputeResult }
  | { readonly kind: 'paused' | 'cancelled'; readonly taskId: string }
  | { readonly kind: 'failed'; readonly taskId: string; readonly failure: Failure }
  /** A sign of life, each second where the computation lets it; a long operation is silent. */
  | { readonly kind: 'beat'; readonly residentBytes: number }
  /** Before the end of each task: what it left behind in the engine. Anything above zero is a leak. */
  | {
      readonly kind: 'accounted'
      readonly taskId: string
      readonly leakedTensors: number
      readonly leakedBytes: number
      /** All that are held, whoever left them. */
      readonly heldTensors: number
    }
  /** Of an engine in a page: the host opens this address in a window that nobody sees, for as long as the worker lives. */
  | { readonly kind: 'open-page'; readonly address: string }
  /** Of a self-test alone. */
  | { readonly kind: 'testing'; readonly phase: string }
  | { readonly kind: 'tested'; readonly test: EngineTest }
  | { readonly kind: 'test-failed'; readonly reason: string }
