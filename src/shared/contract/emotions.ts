import type { EmotionModelId, SourceId } from '../base/id.ts'
import type { PresetEstimate } from './estimates.ts'

/** A recording with its label. */
export interface LabeledClip {
  readonly clipId: SourceId
  readonly fileName: string
  readonly emotion: string
  /** Who speaks or sings; the empty name where nobody knows. */
  readonly person: string
}

/** A recording of a folder with its label, before it was heard. */
export interface LabeledRecording {
  /** Below the folder, with forward slashes. */
  readonly path: string
  readonly absolutePath: string
  readonly emotion: string
  readonly person: string
}

/** What learns, and performs what it learned: tables of statistics in seconds, or a network in hours. */
export type EmotionMethod = 'statistics' | 'relgan'
/** Of a network. */
export type EmotionSize = 'paper' | 'compact'

/** How emotions are to be learned, as a person asks for it. */
export type EmotionTrainingPlan =
  | { readonly method: 'statistics' }
  | {
      readonly method: 'relgan'
      readonly size: EmotionSize
      /** Missing, the size's own. */
      readonly steps?: number
    }

/** What the main process asks of a worker: to learn an emotion model. */
export type EmotionTrainRequest = StatisticsTrainRequest | RelganTrainRequest

interface LearnedEmotions {
  readonly clips: readonly (LabeledClip & { readonly path: string })[]
  /** In the order of the model's attribute; neutral is one of them where it is among the labels. */
  readonly emotions: readonly string[]
  readonly name: string
  readonly licence: string
  /** Whose clips, in words. */
  readonly trainedOn: string
  readonly software: string
  readonly createdAtMs: number
  /** Models that can be heard; of a network also features, the state of the steps, and the curve. */
  readonly workFolder: string
  /** The `.emotion` file, always whole: rewritten at each better check, or written once at the end. */
  readonly modelPath: string
}

/** Begun anew where it was left. */
export interface StatisticsTrainRequest extends LearnedEmotions {
  readonly method: 'statistics'
}

/** Goes on where its folder was left. */
export interface RelganTrainRequest extends LearnedEmotions {
  readonly method: 'relgan'
  /** Above, the clips have nothing, or no more than the poorest of them. */
  readonly edgeHz: number
  readonly size: EmotionSize | 'tiny'
  readonly plan: {
    readonly stepCount: number
    readonly batchSize: number
    readonly checkSteps: number
    readonly patience: number
  }
  readonly seed: number
}

/** What a training of this library was asked for, for who finds it again. */
export interface AskedEmotions {
  readonly name: string
  readonly method: EmotionMethod
  readonly clips: readonly LabeledClip[]
}

/** What a training came to. Those of before tables could be learned name no method. */
export type EmotionTrainSummary = StatisticsTrainSummary | RelganTrainSummary

interface LearnedFrom {
  readonly trainingSec: number
  /** Clips and people that something was learned from. */
  readonly clipCount: number
  readonly personCount: number
  readonly emotions: readonly string[]
}

export interface StatisticsTrainSummary extends LearnedFrom {
  readonly method: 'statistics'
}

export interface RelganTrainSummary extends LearnedFrom {
  readonly method?: 'relgan'
  readonly stepCount: number
  readonly bestStep: number
  readonly stoppedEarly: boolean
  readonly backend: string
  /** Probability of the wanted emotion in held-out clips that were translated, and of real ones; null where none were held out. */
  readonly heldOut: { readonly wanted: number; readonly real: number } | null
}

/** An emotion model of this person's library, trained here or imported: its card without the weights. */
export interface TrainedEmotions {
  readonly id: EmotionModelId
  readonly name: string
  readonly method: EmotionMethod
  readonly emotions: readonly string[]
  readonly licence: string
  readonly trainedOn: string
  readonly clipCount: number
  readonly personCount: number
  readonly clipsSec: number
  /** 0 where nothing is learned by steps. */
  readonly steps: number
  readonly createdAtMs: number
  readonly heldOut: { readonly wanted: number; readonly real: number } | null
  readonly bytes: number
  /** Its training has not ended; what is there is the best until now. */
  readonly isLearning: boolean
}

/** What a training will take before it is begun, from the engine check and the clips; no steps where none are taken. */
export interface EmotionTrainingEstimate extends PresetEstimate {
  readonly clipsSec: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
}
