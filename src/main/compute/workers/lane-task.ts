import { randomUUID } from 'node:crypto'
import { failure, type Failure } from '../../../shared/base/errors.ts'
import type { ComputeResult, ComputeTask, FromWorker } from '../../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { engineFailureIn } from './worker-fault.ts'

export interface TaskListeners {
  readonly onProgress?: (fraction: number, phase: string) => void
  readonly onTrainingPoint?: (point: TrainingPoint, singerIndex: number) => void
  /** Its worker was lost; the task begins anew, or where its checkpoint stands. */
  readonly onRestart?: (reason: string) => void
}

export type TaskOutcome =
  | { readonly kind: 'done'; readonly result: ComputeResult }
  | { readonly kind: 'paused' | 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface RunningTask {
  /** Never rejects. A worker that is lost is replaced and the task tried once more before it fails. */
  readonly done: Promise<TaskOutcome>
  cancel(): void
  /** Trainings only: keeps a resumable checkpoint and ends. */
  pause(): void
  /** Trainings only: ends now and keeps the best. */
  finish(): void
}

/** A piece of work in a lane: waiting, or with its worker. */
export interface Task {
  readonly id: string
  readonly task: ComputeTask
  readonly listeners: TaskListeners
  readonly settle: (outcome: TaskOutcome) => void
  graceTimer: NodeJS.Timeout | null
  isCancelled: boolean
  /** Workers that were lost while they worked on it. */
  lossCount: number
}

export const createTask = (
  task: ComputeTask,
  listeners: TaskListeners,
  settle: (outcome: TaskOutcome) => void,
): Task => ({ id: randomUUID(), task, listeners, settle, graceTimer: null, isCancelled: false, lossCount: 0 })

export function settle(task: Task, outcome: TaskOutcome): void {
  if (task.graceTimer !== null) clearTimeout(task.graceTimer)
  task.settle(outcome)
}

/** A training that never started has nothing to keep: pausing leaves it to be started later, finishing drops it. */
export function cancelWaiting(waiting: Task[], task: Task, wish: 'pause' | 'finish'): void {
  waiting.splice(waiting.indexOf(task), 1)
  settle(task, { kind: wish === 'pause' ? 'paused' : 'cancelled' })
}

/** The messages that end a task. */
export type Ending = Extract<FromWorker, { readonly kind: 'done' | 'failed' | 'paused' | 'cancelled' }>

export function outcomeOf(message: Ending): TaskOutcome {
  switch (message.kind) {
    case 'done':
      return { kind: 'done', result: message.result }
    case 'failed':
      return { kind: 'failed', failure: message.failure }
    case 'paused':
    case 'cancelled':
      return { kind: message.kind }
  }
}

/** After these the worker's process is of no more use, and another one may well do what was asked. */
export const isLossOfEngine = ({ code }: Failure): boolean =>
  code === 'engine-device-lost' || code === 'engine-out-of-memory'

/** What a worker's death means, by its last words. */
export function failureOfDeath(lastWords: string): Failure {
  const details = lastWords === '' ? undefined : lastWords
  return (
    engineFailureIn(lastWords, lastWords) ??
    failure('engine-stopped', 'The compute engine stopped while it worked on this.', 'Try again.', details)
  )
}

/** The same after the second time: nothing more is tried by itself. */
export const afterSecondLoss = (lost: Failure): Failure => ({
  ...lost,
  message: `${lost.message} It was started again, and it happened a second time.`,
})

export function failedToStart(lastWords: string): Failure {
  const message = 'No compute engine could be started on this machine.'
  const remedy = 'Set UNDERSTUDY_BACKEND to wasm, or copy the details into a report.'
  return failure('engine-unavailable', message, remedy, lastWords === '' ? undefined : lastWords)
}

export const stoppedByHost = (): Failure =>
  failure('engine-stopped', 'The program ended while this was worked on.', 'Try again.')

export function silentFor(boundMs: number): Failure {
  const seconds = Math.round(boundMs / 1000)
  const message = `The compute engine gave no sign of life for ${seconds} s and was ended.`
  return failure('engine-stopped', message, 'Try again.')
}

export function neverStarted(boundMs: number): Failure {
  const message = `The compute engine did not start within ${Math.round(boundMs / 1000)} s and was ended.`
  return failure('engine-unavailable', message, 'Try again.')
}

export function tookTooMuch(residentBytes: number, ceilingBytes: number): Failure {
  const [taken, allowed] = [residentBytes, ceilingBytes].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`)
  const message = `The compute engine took ${taken} of memory, and ${allowed} is the most it may take on this machine; it was ended.`
  return failure('engine-out-of-memory', message, 'Close other programs, or convert shorter regions.')
}
