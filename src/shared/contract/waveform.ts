import type { SingerId } from '../base/id.ts'
import type { PresetEstimate } from './estimates.ts'

export const waveformSizes = ['preview', 'compact', 'paper'] as const
/** Of the network that sings sample by sample. */
export type WaveformSize = (typeof waveformSizes)[number]

/** How singers are to be learned in a waveform model, as a person asks for it. */
export interface WaveformChoice {
  readonly size: WaveformSize
  /** Missing, the size's own. */
  readonly steps?: number
  /** One singer more for the model of this one, which stays as it is; the size is then the model's. Missing, a new model. */
  readonly addedTo?: SingerId
}

/** The same as a worker gets it; one size is for tests. */
export interface WaveformTraining {
  readonly size: WaveformSize | 'tiny'
  readonly steps?: number
  /** A singer of the model that gets one more. */
  readonly modelPath?: string
}

/** What a training will take before it is begun, by size. */
export interface WaveformEstimate {
  readonly clipsSec: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
  readonly sizes: Readonly<Record<WaveformSize, PresetEstimate>>
}
