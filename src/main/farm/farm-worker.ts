import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ComputeResult, ConvertRequest } from '../../shared/contract/compute.ts'
import { convertedRecord, portableConversion, type PortableConversion } from '../../shared/contract/portable-task.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import { ENGINE_VERSION } from '../compute/engine-version.ts'
import type { Logger } from '../logger.ts'
import type { ContentStore } from './store/content-store.ts'
import type { TaskEnd, TaskInHand } from './task-queue.ts'
import { makeTaskFolder } from './task-folders.ts'
import { fetchConversion, resultName, taskKey } from './task-travel.ts'

export interface FarmWorkerOptions {
  readonly pool: ComputePool
  readonly contents: ContentStore
  /** Passing files of tasks, and what is found out about sources. */
  readonly folder: string
  /** Digest of the emotions that come with this program. */
  readonly shippedEmotions: string
  readonly rateOf: (wavPath: string) => number
  readonly logger: Logger
}

export interface FarmWorker {
  perform(task: TaskInHand): Promise<TaskEnd>
  /** What it does now, and did. */
  state(): WorkerTally
}

export interface WorkerTally {
  readonly fraction: number | null
  readonly realTimeFactor: number | null
  readonly doneCount: number
  readonly failedCount: number
}

/** Where each part of a task ends in its progress. */
const ends = { fetched: 0.1, converted: 0.95 } as const

/**
 * Does tasks for others: no library, no project, only what the task names. A task that was done before is answered by
 * what was made then; two who do the same task make the same.
 */
export function createFarmWorker(options: FarmWorkerOptions): FarmWorker {
  const { pool, contents, folder, logger } = options
  const knownFolder = join(folder, `analysis-${ENGINE_VERSION}`)
  let fraction: number | null = null
  const tally = { done: 0, failed: 0, soundSec: 0, renderSec: 0 }

  async function convert(task: PortableConversion, key: string, progress: Progress, signal: AbortSignal) {
    if (convertedRecord.safeParse(await contents.readRecord(resultName(key))).success) return
    const workFolder = await makeTaskFolder(folder, key)
    try {
      progress.report(0, 'fetching the sound')
      const fetching = subProgress(progress, 0, ends.fetched)
      const request = await fetchConversion(task, { workFolder, knownFolder }, contents, fetching)
      const converting = subProgress(progress, ends.fetched, ends.converted)
      const result = await compute(pool, request, converting, signal)
      const sending = subProgress(progress, ends.converted, 1)
      sending.report(0, 'sending the sound')
      const render = await contents.sendFile(request.outPath, sending)
      await contents.writeRecord(resultName(key), convertedRecord.parse({ render, result }))
      tally.soundSec += task.durationSamples / options.rateOf(request.sourcePath)
      tally.renderSec += result.renderSec
    } finally {
      await rm(workFolder, { recursive: true, force: true })
    }
  }

  return {
    async perform({ key, payload, signal, report }) {
      /** A report without a phase goes on in the one before. */
      let phaseNow = ''
      const progress: Progress = {
        report: (done, phase = phaseNow) => {
          fraction = done
          phaseNow = phase
          report(done, phase)
        },
        get isCancelled() {
          return signal.aborted
        },
      }
      fraction = 0
      try {
        await convert(requireTask(payload, key, options.shippedEmotions), key, progress, signal)
        tally.done++
        return { kind: 'done' }
      } catch (cause) {
        if (cause instanceof CancelledError || signal.aborted) return { kind: 'cancelled' }
        tally.failed++
        return endOf(cause, logger)
      } finally {
        fraction = null
      }
    },
    state: () => ({
      fraction,
      realTimeFactor: tally.renderSec > 0 ? tally.soundSec / tally.renderSec : null,
      doneCount: tally.done,
      failedCount: tally.failed,
    }),
  }
}

async function compute(
  pool: ComputePool,
  request: ConvertRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Extract<ComputeResult, { kind: 'convert' }>> {
  const running = pool.run('interactive', { kind: 'convert', request }, { onProgress: progress.report })
  signal.addEventListener('abort', running.cancel)
  if (signal.aborted) running.cancel()
  const outcome = await running.done
  signal.removeEventListener('abort', running.cancel)
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure)
  if (outcome.kind !== 'done' || outcome.result.kind !== 'convert') throw new CancelledError()
  return outcome.result
}

/** Hostile until here: what anybody may have put into the queue. */
function requireTask(payload: unknown, key: string, shippedEmotions: string): PortableConversion {
  const parsed = portableConversion.safeParse(payload)
  if (!parsed.success || taskKey(parsed.data) !== key) {
    throw new FailureError(failure('request-invalid', 'What lay in the queue is no task of this program.'))
  }
  const task = parsed.data
  if (task.emotion !== null || task.performance.emotion.emotionId === 'neutral') return task
  if (task.shippedEmotions === shippedEmotions) return task
  throw new FailureError(
    failure(
      'engine-unavailable',
      'This task is performed by emotions of another version of the program.',
      'Install the same version on all machines.',
    ),
  )
}

/** A fault of the machine or the network is none of the task: it is tried again, here or elsewhere. */
function endOf(cause: unknown, logger: Logger): TaskEnd {
  if (!(cause instanceof FailureError)) {
    logger.error('A task from the queue ended in a fault', cause)
    return { kind: 'again', failure: failure('program-fault', 'The conversion ended in a fault of the program.') }
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
  'store-unreachable',
])
const isOfTheMachine = ({ code }: Failure): boolean => ofTheMachine.has(code)
