import { join } from 'node:path'
import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { Progress } from '../../shared/base/progress.ts'
import { portableConversion, type PortableConversion } from '../../shared/contract/portable-task.ts'
import { portableTraining, type PortableTraining } from '../../shared/contract/portable-training.ts'
import { ENGINE_VERSION } from '../compute/engine-version.ts'
import type { Logger } from '../logger.ts'
import { performConversion } from './perform-conversion.ts'
import { performTraining } from './perform-training.ts'
import type { FarmWorkerOptions } from './performing.ts'
import { taskKey } from './task-key.ts'
import type { TaskEnd, TaskInHand } from './task-queue.ts'

export interface FarmWorker {
  convert(task: TaskInHand): Promise<TaskEnd>
  train(task: TaskInHand): Promise<TaskEnd>
  /** What it does now, and did. */
  state(): WorkerTally
}

export interface WorkerTally {
  /** Of the conversion in hand; null where there is none. */
  readonly fraction: number | null
  /** Of the training in hand. */
  readonly trainingFraction: number | null
  readonly realTimeFactor: number | null
  readonly doneCount: number
  readonly failedCount: number
}

/** One of each may be in hand. */
type Hand = 'fraction' | 'trainingFraction'

/**
 * Does tasks for others: no library, no project, only what the task names. A task that was done before is answered by
 * what was made then; two who do the same task make the same.
 */
export function createFarmWorker(options: FarmWorkerOptions): FarmWorker {
  const performing = { ...options, knownFolder: join(options.folder, `analysis-${ENGINE_VERSION}`) }
  const inHandNow: Record<Hand, number | null> = { fraction: null, trainingFraction: null }
  const tally = { done: 0, failed: 0, soundSec: 0, renderSec: 0 }

  /** The rim: whatever is thrown becomes an end. */
  async function endOf(what: Hand, signal: AbortSignal, work: () => Promise<TaskEnd>) {
    inHandNow[what] = 0
    try {
      const end = await work()
      if (end.kind === 'done') tally.done++
      return end
    } catch (cause) {
      if (cause instanceof CancelledError || signal.aborted) return { kind: 'cancelled' as const }
      tally.failed++
      return failedEnd(cause, options.logger)
    } finally {
      inHandNow[what] = null
    }
  }
  /** A report without a phase goes on in the one before. */
  function progressOf({ signal, report }: TaskInHand, what: Hand) {
    let [fractionNow, phaseNow] = [0, '']
    let sequence: number | undefined
    const tell = () =>
      report({ fraction: fractionNow, phase: phaseNow, ...(sequence === undefined ? {} : { sequence }) })
    const progress: Progress = {
      report(fraction, phase = phaseNow) {
        inHandNow[what] = fraction
        fractionNow = fraction
        phaseNow = phase
        tell()
      },
      get isCancelled() {
        return signal.aborted
      },
    }
    const told = (written: number) => {
      sequence = written
      tell()
    }
    return Object.assign(progress, { told })
  }

  return {
    convert: (inHand) =>
      endOf('fraction', inHand.signal, async () => {
        const task = requireConversion(inHand)
        const progress = progressOf(inHand, 'fraction')
        const made = await performConversion(task, inHand.key, progress, inHand.signal, performing)
        tally.soundSec += made?.soundSec ?? 0
        tally.renderSec += made?.renderSec ?? 0
        return { kind: 'done' }
      }),
    train: (inHand) =>
      endOf('trainingFraction', inHand.signal, async () => {
        const progress = progressOf(inHand, 'trainingFraction')
        return { kind: await performTraining(requireTraining(inHand), inHand, progress, performing) }
      }),
    state: () => ({
      ...inHandNow,
      realTimeFactor: tally.renderSec > 0 ? tally.soundSec / tally.renderSec : null,
      doneCount: tally.done,
      failedCount: tally.failed,
    }),
  }
}

/** Hostile until here: what anybody may have put into the queue. */
function requireConversion({ payload, key }: TaskInHand): PortableConversion {
  const parsed = portableConversion.safeParse(payload)
  if (parsed.success && taskKey(parsed.data) === key) return parsed.data
  throw new FailureError(noTask())
}

function requireTraining({ payload, key }: TaskInHand): PortableTraining {
  const parsed = portableTraining.safeParse(payload)
  if (parsed.success && taskKey(parsed.data) === key) return parsed.data
  throw new FailureError(noTask())
}

const noTask = () => failure('request-invalid', 'What lay in the queue is no task of this program.')

/** A fault of the machine or the network is none of the task: it is tried again, here or elsewhere. */
function failedEnd(cause: unknown, logger: Logger): TaskEnd {
  if (!(cause instanceof FailureError)) {
    logger.error('A task from the queue ended in a fault', cause)
    return { kind: 'again', failure: failure('program-fault', 'The work ended in a fault of the program.') }
  }
  logger.warn(`A task from the queue failed: ${cause.failure.code}`)
  return { kind: isOfTheMachine(cause.failure) ? 'again' : 'failed', failure: cause.failure }
}

const ofTheMachine: ReadonlySet<Failure['code']> = new Set([
  'disk-full',
  'engine-stopped',
  'engine-out-of-memory',
  'engine-device-lost',
  'engine-unavailable',
  'folder-read-only',
  'store-refused',
  'store-unreachable',
])
const isOfTheMachine = ({ code }: Failure): boolean => ofTheMachine.has(code)
