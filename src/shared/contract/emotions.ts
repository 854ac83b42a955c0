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

export type EmotionSize = 'paper' | 'compact'

/** What the main process asks of a worker: to learn an emotion model, or to go on where its folder was left. */
export interface EmotionTrainRequest {
  readonly clips: readonly (LabeledClip & { readonly path: string })[]
  /** In the order of the model's attribute. */
  readonly emotions: readonly string[]
  /** Above, the clips have nothing, or no more than the poorest of them. */
  readonly edgeHz: number
  readonly name: string
  readonly licence: string
  /** Whose clips, in words. */
  readonly trainedOn: string
  readonly software: string
  readonly createdAtMs: number
  readonly size: EmotionSize | 'tiny'
  readonly plan: {
    readonly stepCount: number
    readonly batchSize: number
    readonly checkSteps: number
    readonly patience: number
  }
  readonly seed: number
  /** Features, checkpoints with the state of the steps, and the curve. */
  readonly workFolder: string
  /** The `.emotion` file, rewritten whole at each better check. */
  readonly modelPath: string
}

export interface EmotionTrainSummary {
  readonly stepCount: number
  readonly bestStep: number
  readonly stoppedEarly: boolean
  readonly trainingSec: number
  readonly backend: string
  readonly clipCount: number
  readonly personCount: number
  readonly emotions: readonly string[]
  /** Probability of the wanted emotion in held-out clips that were translated, and of real ones; null where none were held out. */
  readonly heldOut: { readonly wanted: number; readonly real: number } | null
}

/** An emotion model of this person's library, trained here or imported: its card without the weights. */
export interface TrainedEmotions {
  readonly id: EmotionModelId
  readonly name: string
  readonly emotions: readonly string[]
  readonly licence: string
  readonly trainedOn: string
  readonly clipCount: number
  readonly personCount: number
  readonly clipsSec: number
  readonly steps: number
  readonly createdAtMs: number
  readonly heldOut: { readonly wanted: number; readonly real: number } | null
  readonly bytes: number
  /** Its training has not ended; what is there is the best until now. */
  readonly isLearning: boolean
}

/** What a training will take before it is begun, from the engine check and the clips. */
export interface EmotionTrainingEstimate extends PresetEstimate {
  readonly clipsSec: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
}
