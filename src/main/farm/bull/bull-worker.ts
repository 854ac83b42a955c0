import { UnrecoverableError, Worker, type Job } from 'bullmq'
import type { TaskEnd, TaskInHand, TaskSource } from '../task-queue.ts'
import { reasonOfCancelling, reasonOfFailure } from './failure-reason.ts'
import { cancelKey, KEPT_DONE, KEPT_FAILED, PREFIX, QUEUE_NAME } from './queue-names.ts'
import { openRedis, redisConnection, type RedisAddress } from './redis.ts'

export interface BullWorkerOptions {
  /** Told with each task, for whoever looks at the queue. */
  readonly machine: string
  readonly perform: (task: TaskInHand) => Promise<TaskEnd>
  readonly timing?: Partial<WorkerTiming>
}

export interface WorkerTiming {
  /** A worker that says nothing for so long is taken for lost. */
  readonly lockMs: number
  /** Workers look this often for tasks of those that are lost. */
  readonly lookMs: number
  /** How often it is asked whether a task is wanted still. */
  readonly cancelLookMs: number
  readonly progressMs: number
}

const TIMING: WorkerTiming = { lockMs: 15_000, lookMs: 5000, cancelLookMs: 500, progressMs: 250 }
/** A task whose workers are lost this often is at fault itself. */
const MOST_TAKEOVERS = 3

/**
 * Takes tasks from a queue on Redis or Valkey, one at a time. A worker that is lost loses its lock, and another takes
 * its task. Throws FailureError `queue-unreachable`.
 */
export async function openBullWorker(address: RedisAddress, options: BullWorkerOptions): Promise<TaskSource> {
  const timing = { ...TIMING, ...options.timing }
  const redis = await openRedis(address)
  const worker = new Worker<unknown, null>(
    QUEUE_NAME,
    async (job, _token, signal) => {
      const ending = new AbortController()
      const end = () => ending.abort()
      signal?.addEventListener('abort', end)
      if (signal?.aborted === true) end()
      const looking = setInterval(() => {
        redis.exists(cancelKey(job.id ?? '')).then(
          (count) => count > 0 && end(),
          () => {},
        ) // asked again soon
      }, timing.cancelLookMs)
      try {
        return settled(await options.perform(inHand(job, ending.signal, timing.progressMs)))
      } finally {
        clearInterval(looking)
        signal?.removeEventListener('abort', end)
      }
    },
    {
      connection: redisConnection(address),
      prefix: PREFIX,
      name: options.machine,
      concurrency: 1,
      lockDuration: timing.lockMs,
      stalledInterval: timing.lookMs,
      maxStalledCount: MOST_TAKEOVERS,
      removeOnComplete: KEPT_DONE,
      removeOnFail: KEPT_FAILED,
    },
  )
  worker.on('error', () => {})
  await worker.waitUntilReady()
  return {
    async close() {
      // What is in hand hears of it and goes back; its result is of no worth without it.
      worker.cancelAllJobs(CLOSING)
      await worker.close()
      redis.disconnect()
    },
  }
}

const CLOSING = 'closing'

function inHand(job: Job<unknown, null>, signal: AbortSignal, progressMs: number): TaskInHand {
  let toldAtMs = -Infinity
  return {
    key: job.id ?? '',
    payload: job.data,
    signal,
    report(fraction, phase) {
      const nowMs = performance.now()
      if (nowMs - toldAtMs < progressMs) return
      toldAtMs = nowMs
      job.updateProgress({ fraction, phase }).catch(() => {}) // the next one tells more
    },
  }
}

/** A queue hears of an end by what is thrown. */
function settled(end: TaskEnd): null {
  switch (end.kind) {
    case 'done':
      return null
    case 'cancelled':
      throw new UnrecoverableError(reasonOfCancelling)
    case 'failed':
      throw new UnrecoverableError(reasonOfFailure(end.failure))
    case 'again':
      throw new Error(reasonOfFailure(end.failure))
  }
}
