import type { WatchedWork, WorkerMessage } from './watched-work.ts'

/** A `WatchedWork` as it goes on a command line. */
export type ChildOrder = Omit<WatchedWork, 'shared' | 'replayed'> & {
  /** Path of the input's file. */
  readonly replayed: string | null
}

/** What a child tells of: inputs in base 64. */
export type ChildMessage =
  | Exclude<WorkerMessage, { readonly kind: 'failure' | 'slow' | 'opened' }>
  | { readonly kind: 'failure'; readonly why: string; readonly input: string | null }
  /** Held the processor for longer than an input may. */
  | { readonly kind: 'slow'; readonly why: string; readonly input: string }
