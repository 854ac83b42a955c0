import type { Failure } from '../base/errors.ts'

/** The other machines that work for this one, as `farm:describe` tells of them. */
export interface FarmState {
  /** Where the queue and the bytes are, as they were given, without credentials. */
  readonly queuePlace: string
  readonly storePlace: string
  /** Why nothing can be said of the rest. */
  readonly trouble: Failure | null
  readonly workers: readonly FarmWorker[]
  /** Tasks of everybody who uses the queue. */
  readonly counts: FarmCounts
  /** The newest first. */
  readonly failures: readonly FarmFailure[]
}

export interface FarmCounts {
  readonly waiting: number
  readonly active: number
  readonly done: number
  readonly failed: number
}

export interface FarmWorker {
  readonly id: string
  /** The name of its machine in its network. */
  readonly machine: string
  /** Of the program. */
  readonly version: string
  /** Whether it makes the same sound as this program: other versions take nothing from this queue. */
  readonly isOfThisVersion: boolean
  /** What it computes tensors with; null until something asked for one. */
  readonly engine: string | null
  readonly threadCount: number
  /** Of the conversion that it works on, 0…1; null while it waits for one. */
  readonly fraction: number | null
  /** Of the training that it works on beside. */
  readonly trainingFraction: number | null
  /** Seconds of sound per second of work, over what it converted; null until it has. */
  readonly realTimeFactor: number | null
  readonly doneCount: number
  readonly failedCount: number
  readonly startedAtMs: number
}

export interface FarmFailure {
  /** Who worked on it; null where nobody is known to have. */
  readonly machine: string | null
  readonly failure: Failure
  readonly failedAtMs: number
}
