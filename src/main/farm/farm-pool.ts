import { copyFile } from 'node:fs/promises'
import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import { convertedRecord, type ConvertedRecord } from '../../shared/contract/portable-task.ts'
import type { RunningTask, TaskListeners, TaskOutcome } from '../compute/workers/lane-task.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import type { Standing } from '../compute/workers/standing.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Logger } from '../logger.ts'
import type { Farm } from './farm.ts'
import { recordName } from './store/content-list.ts'
import { resultName, sendConversion, taskKey } from './task-travel.ts'
import type { QueueEnd, QueuedRun } from './task-queue.ts'
import { urgencyOf } from './urgency.ts'

export interface FarmPoolOptions {
  /** Does everything that does not travel. */
  readonly local: ComputePool
  /** Opened at the first task. */
  readonly openFarm: () => Promise<Farm>
  /** Digest of the emotions that come with this program. */
  readonly shippedEmotions: string
  readonly logger: Logger
}

/** Where each part of a task ends in its progress. */
const ends = { sent: 0.05, converted: 0.95 } as const
const USUAL: Standing = { priority: 'selected', group: '' }

/**
 * A pool whose conversions are done by whatever machines work on a queue. What they need travels by content, and what
 * they made comes back the same: the same task has the same result wherever it is done.
 */
export function createFarmPool(options: FarmPoolOptions): ComputePool {
  const waiting = new Map<string, number>()
  const count = (group: string, by: 1 | -1) => waiting.set(group, (waiting.get(group) ?? 0) + by)

  function convert(request: ConvertRequest, listeners: TaskListeners, standing: Standing): RunningTask {
    const urgency = urgencyOf(standing.priority, waiting.get(standing.group) ?? 0)
    const task = createFarmTask(request, urgency, listeners, options)
    count(standing.group, 1)
    void task.done.then(() => count(standing.group, -1))
    return task
  }

  return {
    ...options.local,
    run: (role, task, listeners = {}, standing = USUAL) =>
      role === 'interactive' && task.kind === 'convert'
        ? convert(task.request, listeners, standing)
        : options.local.run(role, task, listeners, standing),
  }
}

function createFarmTask(
  request: ConvertRequest,
  urgency: number,
  listeners: TaskListeners,
  { openFarm, shippedEmotions, logger }: FarmPoolOptions,
): RunningTask {
  let isCancelled = false
  let run: QueuedRun | null = null
  /** A report without a phase goes on in the one before. */
  let phaseNow = ''
  const progress: Progress = {
    report: (fraction, phase = phaseNow) => {
      phaseNow = phase
      listeners.onProgress?.(fraction, phase)
    },
    get isCancelled() {
      return isCancelled
    },
  }

  async function perform(): Promise<ConvertedRecord['result']> {
    const farm = await openFarm()
    for (let sending = 1; ; sending++) {
      progress.report(0, 'sending the sound')
      const task = await sendConversion(request, shippedEmotions, farm.contents, subProgress(progress, 0, ends.sent))
      const key = taskKey(task)
      try {
        const record = (await recordOf(key, farm)) ?? (await convertThere(key, task, sending > 1, farm))
        const fetching = subProgress(progress, ends.converted, 1)
        fetching.report(0, 'fetching the sound')
        const fetched = await farm.contents.fetchFile(record.render, fetching)
        await writeWhole(request.outPath, (passing) => copyFile(fetched, passing))
        return record.result
      } catch (cause) {
        if (!isLost(cause) || sending > contentCount(request)) throw cause
        await farm.contents.store.remove(recordName(resultName(key)))
        logger.warn('What was sent to the store was gone, and is sent again')
      }
    }
  }
  async function convertThere(key: string, payload: unknown, isAnew: boolean, farm: Farm): Promise<ConvertedRecord> {
    if (isCancelled) throw new CancelledError()
    const own = subProgress(progress, ends.sent, ends.converted)
    own.report(0, 'waiting for a machine')
    run = farm.queue.add(
      { key, urgency, payload, isAnew },
      {
        onProgress: (fraction, phase) => own.report(fraction, phase),
        onTakeover: () => listeners.onRestart?.('another machine takes it over'),
      },
    )
    requireDone(await run.ended)
    const record = await recordOf(key, farm)
    if (record === null) throw new FailureError(recordGone(farm))
    return record
  }

  const done = perform().then(
    (result): TaskOutcome => (isCancelled ? { kind: 'cancelled' } : { kind: 'done', result }),
    (cause: unknown): TaskOutcome => {
      if (isCancelled || cause instanceof CancelledError) return { kind: 'cancelled' }
      if (cause instanceof FailureError) return { kind: 'failed', failure: cause.failure }
      logger.error('A task for other machines ended in a fault', cause)
      return { kind: 'failed', failure: failure('program-fault', 'The conversion ended in a fault of the program.') }
    },
  )
  return {
    done,
    cancel() {
      isCancelled = true
      run?.cancel()
    },
    // Of trainings alone, which do not travel.
    pause: () => {},
    finish: () => {},
  }
}

/**
 * Whoever misses a content takes it off the store's list, so that the next sending sends it: each of them may be
 * missing once. One more is what was made of them.
 */
const contentCount = ({ blendedSingerPaths, emotionFolder, vocoderPath }: ConvertRequest): number =>
  3 +
  blendedSingerPaths.length +
  (emotionFolder === undefined ? 0 : EMOTION_FILES) +
  (vocoderPath === undefined ? 0 : 1)
const EMOTION_FILES = 3

/** What is known of a task that was done before; null where it was not, or where it can't be believed. */
const recordOf = async (key: string, { contents }: Farm): Promise<ConvertedRecord | null> =>
  convertedRecord.safeParse(await contents.readRecord(resultName(key))).data ?? null

function requireDone(end: QueueEnd): void {
  if (end.kind === 'cancelled') throw new CancelledError()
  if (end.kind === 'failed') throw new FailureError(end.failure)
}

const isLost = (cause: unknown): boolean =>
  cause instanceof FailureError &&
  (cause.failure.code === 'content-missing' || cause.failure.code === 'content-damaged')

const recordGone = ({ contents }: Farm): Failure =>
  failure(
    'content-missing',
    `A machine converted this, but what it made is not in ${contents.store.place}.`,
    'See that every machine uses the same store.',
  )
