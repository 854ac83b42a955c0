import type { Failure } from '../../../shared/base/errors.ts'
import type { ComputeTask, FromWorker, Pace } from '../../../shared/contract/compute.ts'
import type { WorkerState } from '../../../shared/contract/library.ts'
import {
  afterSecondLoss,
  cancelWaiting,
  createTask,
  failedToStart,
  failureOfDeath,
  isLossOfEngine,
  neverStarted,
  outcomeOf,
  settle,
  silentFor,
  stoppedByHost,
  tookTooMuch,
  type Ending,
  type Task,
  type RunningTask,
  type TaskListeners,
  type TaskOutcome,
} from './lane-task.ts'
import { createWatchdog } from './watchdog.ts'
import type { ComputeRole, EngineChoice, StartWorker, WorkerProcess } from './worker-process.ts'

export interface LaneOptions {
  readonly workerPath: string
  readonly fork: StartWorker
  /** What a role computes with; asked at each start of a worker. Without it, the engine that is always there. */
  readonly chooseEngine?: (role: ComputeRole, onPhase: (phase: string) => void) => Promise<EngineChoice>
  /** A better engine is known by now, or this one is set aside: the worker is replaced before its next task. */
  readonly isOutdated?: (role: ComputeRole, engine: EngineChoice) => boolean
  readonly onEngine?: (role: ComputeRole, engine: EngineChoice) => void
  /** A worker was lost, with its engine; null where none was chosen. `count` of them in a row, with nothing done between. */
  readonly onLoss?: (role: ComputeRole, engine: EngineChoice | null, lost: Failure, count: number) => void
  /** For the log: leaks, restarts. */
  readonly onTrouble?: (message: string) => void
  /** How long a cancelled task may take to answer before its process is killed. */
  readonly cancelGraceMs?: number
  /** Waits this long before the first restart, twice as long before the next, and so on. */
  readonly restartDelayMs?: number
  /** The longest operation that may keep a working worker from giving a sign of life. */
  readonly silenceBoundMs?: number
  /** The longest that an engine may take to open. */
  readonly startBoundMs?: number
  readonly watchTickMs?: number
  /** A worker that takes more memory is ended, before the machine is. */
  readonly memoryCeilingBytes?: number
}

const CANCEL_GRACE_MS = 1000
const RESTART_DELAY_MS = 250
const LONGEST_RESTART_DELAY_MS = 10_000
/** Far beyond the longest step of any task on a slow and busy machine. */
const SILENCE_BOUND_MS = 300_000
/** A driver that compiles its programs for the first time takes seconds, on a slow disk tens of them. */
const START_BOUND_MS = 120_000
/** A worker that never becomes ready this many times in a row will not. */
const MOST_FAILED_STARTS = 3
/** A task whose worker is lost is tried once more, and then told. */
const MOST_LOSSES = 2

export interface Lane {
  run(task: ComputeTask, listeners: TaskListeners): RunningTask
  engine(): EngineChoice | null
  /** Null while no worker is ready. */
  state(): WorkerState | null
  setPace(pace: Pace, reason: string): void
  stop(): void
}

/** One worker with its waiting line: started at the first task, watched while it works, replaced when it is lost. */
export function createLane(role: ComputeRole, options: LaneOptions): Lane {
  const { cancelGraceMs = CANCEL_GRACE_MS, restartDelayMs = RESTART_DELAY_MS } = options
  const { silenceBoundMs = SILENCE_BOUND_MS, startBoundMs = START_BOUND_MS } = options
  const { memoryCeilingBytes = Infinity } = options
  const waiting: Task[] = []
  let worker: WorkerProcess | null = null
  let chosen: EngineChoice | null = null
  let engine: EngineChoice | null = null
  let current: Task | null = null
  let isStarting = false
  let isReady = false
  let isStopped = false
  /** Something was left behind in it: the next task gets a fresh one. */
  let isWorn = false
  let hasServed = false
  let startCount = 0
  let held = { residentBytes: 0, tensorCount: 0, taskCount: 0 }
  let losses = 0
  let restartTimer: NodeJS.Timeout | null = null
  let pace: { readonly pace: Pace; readonly reason: string } = { pace: 'full', reason: '' }
  const watchdog = createWatchdog(silenceBoundMs, () => lose(silentFor(silenceBoundMs)), options.watchTickMs)
  const startWatch = createWatchdog(startBoundMs, () => lose(neverStarted(startBoundMs)), options.watchTickMs)

  function advance(): void {
    if (current !== null || waiting.length === 0 || isStopped || isStarting || restartTimer !== null) return
    if (worker !== null && isReady && mustReplace()) dismiss()
    if (worker === null) return void start()
    if (!isReady) return
    current = waiting.shift() ?? null
    if (current === null) return
    hasServed = true
    watchdog.start()
    worker.send({ kind: 'run', taskId: current.id, task: current.task })
  }
  /** One that was only just started with what is best is used once at least, whatever is said of its engine. */
  const mustReplace = () => isWorn || (hasServed && chosen !== null && options.isOutdated?.(role, chosen) === true)

  async function start(): Promise<void> {
    isStarting = true
    // Whatever goes wrong in choosing, the engine that is always there is tried.
    const tell = (phase: string) => waiting[0]?.listeners.onProgress?.(0, phase)
    chosen = (await options.chooseEngine?.(role, tell).catch(() => null)) ?? null
    isStarting = false
    // Whoever waited may have gone meanwhile.
    if (isStopped || waiting.length === 0) return
    const started = options.fork(options.workerPath, role, ...(chosen === null ? [] : [chosen]))
    worker = started
    isReady = false
    isWorn = false
    hasServed = false
    startCount++
    held = { residentBytes: 0, tensorCount: 0, taskCount: 0 }
    startWatch.start()
    // A worker that was replaced may still say something; only the present one is heard.
    started.onMessage((message) => worker === started && receive(message))
    started.onExit((lastWords) => worker === started && mourn(failureOfDeath(lastWords), lastWords))
  }
  function receive(message: FromWorker): void {
    watchdog.hear()
    switch (message.kind) {
      case 'ready':
        isReady = true
        startWatch.stop()
        engine = chosen ?? { id: message.backend, reason: 'always there', isProven: false }
        options.onEngine?.(role, engine)
        if (pace.pace !== 'full') worker?.send({ kind: 'pace', ...pace })
        return advance()
      case 'beat':
        held = { ...held, residentBytes: message.residentBytes }
        if (message.residentBytes > memoryCeilingBytes) lose(tookTooMuch(message.residentBytes, memoryCeilingBytes))
        return
      case 'accounted':
        held = { ...held, tensorCount: message.heldTensors, taskCount: held.taskCount + 1 }
        return accounted(message.leakedTensors, message.leakedBytes)
      case 'progress':
        return ofCurrent(message)?.listeners.onProgress?.(message.fraction, message.phase)
      case 'training-point':
        return ofCurrent(message)?.listeners.onTrainingPoint?.(message.point, message.singerIndex)
      case 'done':
      case 'failed':
      case 'paused':
      case 'cancelled':
        if (ofCurrent(message) !== null) end(message)
        return
      default:
        return // what a self-test says is not for a lane
    }
  }
  const ofCurrent = ({ taskId }: { readonly taskId: string }) => (current?.id === taskId ? current : null)

  function accounted(leakedTensors: number, leakedBytes: number): void {
    if (leakedTensors <= 0 && leakedBytes <= 0) return
    isWorn = true
    options.onTrouble?.(
      `The task “${current?.task.kind ?? 'unknown'}” left ${leakedTensors} tensors with ${leakedBytes} bytes behind; its ${role} worker is replaced.`,
    )
  }
  function end(message: Ending): void {
    const ended = current
    if (ended === null) return
    if (message.kind === 'failed' && isLossOfEngine(message.failure) && !ended.isCancelled) return lose(message.failure)
    losses = 0
    current = null
    watchdog.stop()
    settle(ended, ended.isCancelled ? { kind: 'cancelled' } : outcomeOf(message))
    advance()
  }
  /** Ends a worker that is of no more use, and goes on as after a death. */
  function lose(lost: Failure): void {
    const wasReady = isReady
    dismiss()
    mourn(lost, lost.message, wasReady)
  }
  function dismiss(): void {
    const dismissed = worker
    worker = null
    dismissed?.kill()
  }
  function mourn(lost: Failure, lastWords: string, wasWorking = isReady): void {
    worker = null
    isReady = false
    watchdog.stop()
    startWatch.stop()
    const isCancelled = current?.isCancelled === true
    if (!isCancelled) {
      losses++
      options.onLoss?.(role, chosen, lost, losses)
    }
    const ended = current
    current = null
    if (ended !== null && isCancelled) settle(ended, { kind: 'cancelled' })
    else if (ended !== null) retryOrTell(ended, lost)
    else if (!wasWorking && losses >= MOST_FAILED_STARTS) giveUpNext(lastWords)
    if (isStopped || isCancelled) return advance()
    restartTimer = setTimeout(
      () => {
        restartTimer = null
        advance()
      },
      Math.min(restartDelayMs * 2 ** (losses - 1), LONGEST_RESTART_DELAY_MS),
    )
  }
  function retryOrTell(lostTask: Task, lost: Failure): void {
    lostTask.lossCount++
    if (lostTask.lossCount >= MOST_LOSSES || isStopped) {
      return settle(lostTask, { kind: 'failed', failure: afterSecondLoss(lost) })
    }
    options.onTrouble?.(`${lost.message} The ${role} worker is started again. ${lost.details ?? ''}`.trim())
    waiting.unshift(lostTask)
    lostTask.listeners.onRestart?.(lost.message)
  }
  function giveUpNext(lastWords: string): void {
    const next = waiting.shift()
    if (next !== undefined) settle(next, { kind: 'failed', failure: failedToStart(lastWords) })
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
    task.graceTimer = setTimeout(() => worker?.kill(), cancelGraceMs)
  }
  return {
    run(task, listeners) {
      const { promise, resolve } = Promise.withResolvers<TaskOutcome>()
      const own = createTask(task, listeners, resolve)
      if (isStopped) resolve({ kind: 'failed', failure: stoppedByHost() })
      else waiting.push(own)
      advance()
      const wish = (kind: 'pause' | 'finish') => {
        if (current === own) worker?.send({ kind, taskId: own.id })
        else if (waiting.includes(own)) cancelWaiting(waiting, own, kind)
      }
      return { done: promise, cancel: () => cancel(own), pause: () => wish('pause'), finish: () => wish('finish') }
    },
    engine: () => engine,
    state: () => (worker !== null && isReady ? { role, ...held, startCount } : null),
    setPace(wanted, reason) {
      if (pace.pace === wanted && pace.reason === reason) return
      pace = { pace: wanted, reason }
      if (isReady) worker?.send({ kind: 'pace', ...pace })
    },
    stop() {
      isStopped = true
      watchdog.stop()
      startWatch.stop()
      if (restartTimer !== null) clearTimeout(restartTimer)
      const left = [...(current === null ? [] : [current]), ...waiting.splice(0)]
      current = null
      for (const task of left) settle(task, { kind: 'failed', failure: stoppedByHost() })
      dismiss()
    },
  }
}
