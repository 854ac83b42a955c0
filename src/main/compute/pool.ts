import { randomUUID } from 'node:crypto'
import { assertNever } from '../../shared/base/assert.ts'
import { failure, type Failure } from '../../shared/base/errors.ts'
import type { ComputeResult, ComputeTask, FromWorker, ToWorker } from '../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'

export type ComputeRole = 'interactive' | 'training'

/** A started worker, whichever host started it. */
export interface WorkerProcess {
  send(message: ToWorker): void
  onMessage(listener: (message: FromWorker) => void): void
  /** Once, whatever the reason; the last words of its error output are for the log. */
  onExit(listener: (lastWords: string) => void): void
  kill(): void
}

export interface ComputePoolOptions {
  readonly workerPath: string
  readonly roles: readonly ComputeRole[]
  readonly fork: (workerPath: string, role: ComputeRole) => WorkerProcess
  /** How long a cancelled task may take to answer before its process is killed. */
  readonly cancelGraceMs?: number
  /** Waits this long before the first restart, twice as long before the next, and so on. */
  readonly restartDelayMs?: number
  readonly onEngine?: (role: ComputeRole, engine: Engine) => void
}

export interface Engine {
  readonly backend: string
  readonly reason: string
}

export interface TaskListeners {
  readonly onProgress?: (fraction: number, phase: string) => void
  readonly onTrainingPoint?: (point: TrainingPoint) => void
}

export type TaskOutcome =
  | { readonly kind: 'done'; readonly result: ComputeResult }
  | { readonly kind: 'paused' | 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface RunningTask {
  /** Never rejects. `engine-stopped` may be tried again. */
  readonly done: Promise<TaskOutcome>
  cancel(): void
  /** Trainings only: keeps a resumable checkpoint and ends. */
  pause(): void
  /** Trainings only: ends now and keeps the best. */
  finish(): void
}

export interface ComputePool {
  run(role: ComputeRole, task: ComputeTask, listeners?: TaskListeners): RunningTask
  /** What the role's worker computes with; null until its first start. */
  engineOf(role: ComputeRole): Engine | null
  /** Kills every worker; what still ran fails as stopped. */
  stop(): void
}

const CANCEL_GRACE_MS = 1000
const RESTART_DELAY_MS = 250
const LONGEST_RESTART_DELAY_MS = 10_000
/** A worker that never becomes ready this many times in a row will not. */
const MOST_FAILED_STARTS = 3

interface Task {
  readonly id: string
  readonly task: ComputeTask
  readonly listeners: TaskListeners
  readonly settle: (outcome: TaskOutcome) => void
  graceTimer: NodeJS.Timeout | null
  isCancelled: boolean
}

/** Supervised worker processes, one per role, each started at its first task and replaced when it dies. */
export function createComputePool(options: ComputePoolOptions): ComputePool {
  const lanes = new Map(options.roles.map((role) => [role, createLane(role, options)]))
  const laneOf = (role: ComputeRole) => {
    const lane = lanes.get(role)
    if (lane === undefined) throw new Error(`this pool has no ${role} worker`)
    return lane
  }
  return {
    run: (role, task, listeners = {}) => laneOf(role).run(task, listeners),
    engineOf: (role) => laneOf(role).engine(),
    stop: () => lanes.forEach((lane) => lane.stop()),
  }
}

interface Lane {
  run(task: ComputeTask, listeners: TaskListeners): RunningTask
  engine(): Engine | null
  stop(): void
}

function createLane(role: ComputeRole, options: ComputePoolOptions): Lane {
  const waiting: Task[] = []
  let worker: WorkerProcess | null = null
  let engine: Engine | null = null
  let current: Task | null = null
  let isReady = false
  let isStopped = false
  let deaths = 0
  let restartTimer: NodeJS.Timeout | null = null

  function advance(): void {
    if (current !== null || waiting.length === 0 || isStopped || restartTimer !== null) return
    if (worker === null) return start()
    if (!isReady) return
    current = waiting.shift() ?? null
    if (current !== null) worker.send({ kind: 'run', taskId: current.id, task: current.task })
  }
  function start(): void {
    const started = options.fork(options.workerPath, role)
    worker = started
    isReady = false
    // A worker that was replaced may still say something; only the present one is heard.
    started.onMessage((message) => worker === started && receive(message))
    started.onExit((lastWords) => worker === started && mourn(lastWords))
  }
  function receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      isReady = true
      engine = { backend: message.backend, reason: message.reason }
      options.onEngine?.(role, engine)
      return advance()
    }
    if (current?.id !== message.taskId) return
    const { listeners } = current
    if (message.kind === 'progress') return listeners.onProgress?.(message.fraction, message.phase)
    if (message.kind === 'training-point') return listeners.onTrainingPoint?.(message.point)
    deaths = 0
    end(current.isCancelled ? { kind: 'cancelled' } : outcomeOf(message))
  }
  function end(outcome: TaskOutcome): void {
    const ended = current
    current = null
    if (ended !== null) settle(ended, outcome)
    advance()
  }
  function mourn(lastWords: string): void {
    worker = null
    const wasReady = isReady
    isReady = false
    const isCancelled = current?.isCancelled === true
    if (!isCancelled) deaths++
    const ended = current ?? (!wasReady && deaths >= MOST_FAILED_STARTS ? (waiting.shift() ?? null) : null)
    current = null
    if (ended !== null) settle(ended, isCancelled ? { kind: 'cancelled' } : stopped(wasReady, lastWords))
    if (isStopped || isCancelled) return advance()
    const delayMs = (options.restartDelayMs ?? RESTART_DELAY_MS) * 2 ** (deaths - 1)
    restartTimer = setTimeout(
      () => {
        restartTimer = null
        advance()
      },
      Math.min(delayMs, LONGEST_RESTART_DELAY_MS),
    )
  }
  function cancel(task: Task): void {
    const place = waiting.indexOf(task)
    if (place >= 0) {
      waiting.splice(place, 1)
      return settle(task, { kind: 'cancelled' })
    }
    if (current !== task || task.isCancelled) return
    task.isCancelled = true
    worker?.send({ kind: 'cancel', taskId: task.id })
    task.graceTimer = setTimeout(() => worker?.kill(), options.cancelGraceMs ?? CANCEL_GRACE_MS)
  }
  return {
    run(task, listeners) {
      const { promise, resolve } = Promise.withResolvers<TaskOutcome>()
      const own: Task = { id: randomUUID(), task, listeners, settle: resolve, graceTimer: null, isCancelled: false }
      if (isStopped) resolve(stopped(true, ''))
      else waiting.push(own)
      advance()
      const wish = (kind: 'pause' | 'finish') => {
        if (current === own) worker?.send({ kind, taskId: own.id })
        else if (waiting.includes(own)) cancelWaiting(waiting, own, kind)
      }
      return { done: promise, cancel: () => cancel(own), pause: () => wish('pause'), finish: () => wish('finish') }
    },
    engine: () => engine,
    stop() {
      isStopped = true
      if (restartTimer !== null) clearTimeout(restartTimer)
      const dying = worker
      worker = null
      for (const task of [...(current === null ? [] : [current]), ...waiting.splice(0)]) settle(task, stopped(true, ''))
      current = null
      dying?.kill()
    },
  }
}

function outcomeOf(
  message: Exclude<FromWorker, { readonly kind: 'ready' | 'progress' | 'training-point' }>,
): TaskOutcome {
  switch (message.kind) {
    case 'done':
      return { kind: 'done', result: message.result }
    case 'failed':
      return { kind: 'failed', failure: message.failure }
    case 'paused':
    case 'cancelled':
      return { kind: message.kind }
    default:
      return assertNever(message)
  }
}

/** A training that never started has nothing to keep: pausing leaves it to be started later, finishing drops it. */
function cancelWaiting(waiting: Task[], task: Task, wish: 'pause' | 'finish'): void {
  waiting.splice(waiting.indexOf(task), 1)
  settle(task, { kind: wish === 'pause' ? 'paused' : 'cancelled' })
}

function settle(task: Task, outcome: TaskOutcome): void {
  if (task.graceTimer !== null) clearTimeout(task.graceTimer)
  task.settle(outcome)
}

function stopped(wasReady: boolean, lastWords: string): TaskOutcome {
  const details = lastWords === '' ? undefined : lastWords
  if (wasReady) {
    const message = 'The compute engine stopped while it worked on this; it is being started again.'
    return { kind: 'failed', failure: failure('engine-stopped', message, 'Try again.', details) }
  }
  const message = 'No compute engine could be started on this machine.'
  const remedy = 'Set UNDERSTUDY_BACKEND to wasm, or copy the details into a report.'
  return { kind: 'failed', failure: failure('engine-unavailable', message, remedy, details) }
}
