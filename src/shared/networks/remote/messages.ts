import type { ProbeRun, ProbeState } from '../engine-probes/probe-run.ts'
import type { SpectralAutoencoderConfig } from '../spectral-autoencoder/config.ts'
import type { TrainingBatch } from '../spectral-autoencoder/training-batch.ts'
import type { BatchUse } from '../batch-use.ts'
import type { Losses } from '../spectral-autoencoder/training-step.ts'

/**
 * What a worker asks of whoever has its tensors: a page with Chromium's own WebGPU, or threads of its own. The worker's
 * protocol with fewer words; numbers cross, never files.
 */
export type ToRemote =
  | { readonly kind: 'run'; readonly taskId: string; readonly task: RemoteTask }
  | { readonly kind: 'cancel'; readonly taskId: string }

export type FromRemote =
  | { readonly kind: 'ready'; readonly device: string; readonly driver: string; readonly version: string }
  /** There is no engine there; nothing else follows. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'done'; readonly taskId: string; readonly result: RemoteResult; readonly leak: Leak }
  | { readonly kind: 'cancelled'; readonly taskId: string }
  | { readonly kind: 'failed'; readonly taskId: string; readonly message: string }

/** What a task left behind. */
export interface Leak {
  readonly tensors: number
  readonly bytes: number
}

export interface NetworkSize {
  readonly config: SpectralAutoencoderConfig
  readonly singerCount: number
}

export type RemoteTask =
  | {
      readonly kind: 'gradient'
      readonly network: NetworkSize
      readonly weights: Float32Array
      readonly batch: TrainingBatch
      readonly trained: readonly string[]
      readonly use: BatchUse
    }
  | {
      readonly kind: 'loss'
      readonly network: NetworkSize
      readonly weights: Float32Array
      readonly batch: TrainingBatch
      readonly use: BatchUse
    }
  | {
      readonly kind: 'peak'
      readonly network: NetworkSize
      readonly weights: Float32Array
      readonly batch: TrainingBatch
      readonly recomputes: boolean
    }
  | {
      readonly kind: 'probe'
      readonly id: string
      readonly seed: number
      readonly stepCount: number
      readonly from: ProbeState | null
    }

export type RemoteResult =
  | { readonly kind: 'gradient'; readonly losses: Losses; readonly gradient: Float32Array }
  | { readonly kind: 'loss'; readonly losses: Losses }
  | { readonly kind: 'peak'; readonly bytes: number }
  | { readonly kind: 'probe'; readonly run: ProbeRun }
