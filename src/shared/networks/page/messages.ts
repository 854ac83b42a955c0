import type { ProbeRun, ProbeState } from '../engine-probes/probe-run.ts'
import type { SpectralAutoencoderConfig } from '../spectral-autoencoder/config.ts'
import type { BatchUse, Losses, TrainingBatch } from '../spectral-autoencoder/training-step.ts'

/**
 * What a worker asks of a page that has its engine: a hidden window with Chromium's own WebGPU. The worker's protocol
 * with fewer words; numbers cross, never files.
 */
export type ToPage =
  | { readonly kind: 'run'; readonly taskId: string; readonly task: PageTask }
  | { readonly kind: 'cancel'; readonly taskId: string }

export type FromPage =
  | { readonly kind: 'ready'; readonly device: string; readonly driver: string; readonly version: string }
  /** There is no engine in this page; nothing else follows. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'done'; readonly taskId: string; readonly result: PageResult }
  | { readonly kind: 'cancelled'; readonly taskId: string }
  | { readonly kind: 'failed'; readonly taskId: string; readonly message: string }

export interface NetworkSize {
  readonly config: SpectralAutoencoderConfig
  readonly singerCount: number
}

export type PageTask =
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

export type PageResult =
  | { readonly kind: 'gradient'; readonly losses: Losses; readonly gradient: Float32Array }
  | { readonly kind: 'loss'; readonly losses: Losses }
  | { readonly kind: 'peak'; readonly bytes: number }
  | { readonly kind: 'probe'; readonly run: ProbeRun }
