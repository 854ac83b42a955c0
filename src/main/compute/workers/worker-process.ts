import type { FromWorker, ToWorker } from '../../../shared/contract/compute.ts'
import type { EngineId } from '../../../shared/contract/engines.ts'

/** Preview, conversion and analysis have a worker of their own, so that no training makes them wait. */
export type ComputeRole = 'interactive' | 'training'
/** A self-test is a worker that tries one engine and ends. */
export type WorkerRole = ComputeRole | 'self-test'

/** What a worker is to compute with, and why. */
export interface EngineChoice {
  readonly id: EngineId
  readonly reason: string
  /** Its self-test passed as it is now: no worker needs to compare numbers again. */
  readonly isProven: boolean
}

/** A started worker, whichever host started it. */
export interface WorkerProcess {
  send(message: ToWorker): void
  onMessage(listener: (message: FromWorker) => void): void
  /** Once, whatever the reason; the last words of its error output are for the log. */
  onExit(listener: (lastWords: string) => void): void
  kill(): void
}

/** Starts a worker. Without a choice it takes the engine that is always there. */
export type StartWorker = (workerPath: string, role: WorkerRole, engine?: EngineChoice) => WorkerProcess
