import type { PresetEstimate } from './estimates.ts'

/** Of the network. */
export type VocoderSize = 'compact' | 'large'

/** What the main process asks of a worker: to learn a vocoder, or to go on where its folder was left. */
export interface VocoderTrainRequest {
  readonly recordings: readonly VocoderRecording[]
  readonly name: string
  readonly licence: string
  /** Whose recordings, in words. */
  readonly trainedOn: string
  readonly software: string
  readonly createdAtMs: number
  readonly size: VocoderSize | 'tiny'
  readonly plan: {
    readonly stepCount: number
    readonly batchSize: number
    readonly cropFrames: number
    readonly peakRate: number
    readonly checkSteps: number
    readonly patience: number
    readonly pitchedCopies: number
  }
  readonly seed: number
  /** Features, the state of the steps, checkpoints that can be heard, and the curve. */
  readonly workFolder: string
  /** The `.vocoder` file, always whole: rewritten at each better check. */
  readonly modelPath: string
}

/** A WAV file and who is heard in it. */
export interface VocoderRecording {
  /** Hash of its content. */
  readonly recordingId: string
  readonly fileName: string
  readonly path: string
  readonly person: string
}

/** What a training came to. */
export interface VocoderTrainSummary {
  readonly stepCount: number
  readonly bestStep: number
  readonly stoppedEarly: boolean
  readonly trainingSec: number
  readonly backend: string
  readonly recordedSec: number
  readonly personCount: number
  /** Who was never learned from; empty where there were too few people to spare one. */
  readonly heldOutPeople: readonly string[]
  /** Loss on them; null where nobody was held out. */
  readonly heldOutLoss: number | null
}

/** What a training will take before it is begun. */
export interface VocoderTrainingEstimate extends PresetEstimate {
  readonly recordedSec: number
  readonly personCount: number
}
