import type { Failure } from '../../shared/base/errors.ts'

/** What the worker is started with. */
export interface WorkerStart {
  readonly folder: string
  readonly nowMs: number
}

export type ToLibraryWorker =
  | {
      readonly kind: 'call'
      readonly callId: number
      readonly table: string
      readonly method: string
      readonly values: unknown[]
    }
  | { readonly kind: 'close' }

export type FromLibraryWorker =
  | { readonly kind: 'opened'; readonly corruptPath: string | null }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'answered'; readonly callId: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly callId: number; readonly failure: Failure }
  | { readonly kind: 'broke'; readonly callId: number; readonly message: string }
  | { readonly kind: 'closed' }
