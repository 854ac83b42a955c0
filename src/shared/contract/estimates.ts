import type { TrainingPreset } from './engines.ts'

/** What a training will take before it is begun, from the engine check and the clips. */
export interface TrainingEstimate {
  /** Of the clips that were asked about; of a usual set where none were. */
  readonly clipsSec: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly device: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
  readonly presets: Readonly<Record<TrainingPreset, PresetEstimate>>
}

export interface PresetEstimate {
  readonly stepCount: number
  /** Null until an engine was measured. */
  readonly sec: { readonly lowSec: number; readonly highSec: number } | null
  readonly diskBytes: number
  readonly memoryBytes: number
}
