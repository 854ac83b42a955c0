import type { Failure } from '../../shared/base/errors.ts'
import type { FarmCounts, FarmFailure } from '../../shared/contract/farm-state.ts'

/** A task on its way to whoever is free: plain data under a key that names its result. */
export interface QueuedTask {
  /** Two tasks with one key have one result; whoever asks second waits for the first. */
  readonly key: string
  /** Smaller is earlier: `urgencyOf`. */
  readonly urgency: number
  readonly payload: unknown
  /** What was done of it is gone: it is done again. */
  readonly isAnew: boolean
}

/** What a person wants of a training, beside cancelling it. */
export type TaskWish = 'pause' | 'finish'

/** How far a task is, as its worker tells it. */
export interface TaskProgress {
  readonly fraction: number
  readonly phase: string
  /** Of the task's record in the store, where it is written while the task runs. */
  readonly sequence?: number
}

export interface QueueListeners {
  readonly onProgress?: (progress: TaskProgress) => void
  /** Whoever worked on it is gone; it waits for another. */
  readonly onTakeover?: () => void
}

/** `done` and `paused` say that the task's record lies in the store. */
export type QueueEnd =
  { readonly kind: 'done' | 'paused' | 'cancelled' } | { readonly kind: 'failed'; readonly failure: Failure }

export interface QueuedRun {
  /** Never rejects. A queue that forgot the task is given it again; one that can't be reached is waited for. */
  readonly ended: Promise<QueueEnd>
  /** Whoever works on it stops within a second or so. */
  cancel(): void
  /** Heard by whoever works on it. */
  wish(wish: TaskWish): void
}

/** The side of those who want something done. */
export interface TaskQueue {
  /** For people, without credentials. */
  readonly place: string
  add(task: QueuedTask, listeners: QueueListeners): QueuedRun
  counts(): Promise<FarmCounts>
  failures(): Promise<readonly FarmFailure[]>
  close(): Promise<void>
}

/** One task in the hands of a worker. */
export interface TaskInHand {
  readonly key: string
  readonly payload: unknown
  /** Nobody wants it any more, or, where the reason is `closing`, the worker goes home. */
  readonly signal: AbortSignal
  /** The listener is called at most once per wish, at once for one that came before. */
  onWish(listener: (wish: TaskWish) => void): void
  report(progress: TaskProgress): void
}

/**
 * What became of it. `again` gives it back because the fault is not the task's: it is tried a few times, then it fails.
 */
export type TaskEnd =
  { readonly kind: 'done' | 'paused' | 'cancelled' } | { readonly kind: 'failed' | 'again'; readonly failure: Failure }

/** The side of those who work: one task at a time, until it is closed. */
export interface TaskSource {
  /** Takes no more, gives back what is in hand, and settles. */
  close(): Promise<void>
}
