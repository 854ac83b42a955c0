import { UnrecoverableError, Worker, type Job } from 'bullmq'
import type { TaskEnd, TaskInHand, TaskSource, TaskWish } from '../task-queue.ts'
import { reasonOfFailure, type WantedEnd } from './failure-reason.ts'
import { KEPT_DONE, KEPT_FAILED, PREFIX, queueName, wishKey, type QueueKind } from './queue-names.ts'
import { goodbye, isAnswering, openRedis, redisConnection, type RedisAddress } from './redis.ts'

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
  /** How often it is asked what is wanted of a task. */
  readonly wishLookMs: number
  readonly progressMs: number
}

const TIMING: WorkerTiming = { lockMs: 15_000, lookMs: 5000, wishLookMs: 500, progressMs: 250 }
/** A task whose workers are lost this often is at fault itself. */
const MOST_TAKEOVERS = 3

/**
 * Takes tasks from a queue on Redis or Valkey, one at a time. A worker that is lost loses its lock, and another takes
 * its task. Throws FailureError `queue-unreachable`.
 */
export async function openBullWorker(
  address: RedisAddress,
  kind: QueueKind,
  options: BullWorkerOptions,
): Promise<TaskSource> {
  const timing = { ...TIMING, ...options.timing }
  const redis = await openRedis(address)
  let isClosed = false
  const worker = new Worker<unknown, null>(
    queueName(kind),
    async (job, _token, signal) => {
      const hand = takeInHand(job, timing.progressMs)
      const end = () => hand.hear(CLOSING)
      signal?.addEventListener('abort', end)
      if (signal?.aborted === true) end()
      // A question that fails is asked again soon.
      const ask = () => redis.get(wishKey(job.id ?? '')).then(hand.hear, () => {})
      const looking = setInterval(() => void ask(), timing.wishLookMs)
      try {
        return settled(await options.perform(hand.task))
      } finally {
        clearInterval(looking)
        signal?.removeEventListener('abort', end)
      }
    },
    {
      connection: redisConnection(address, () => !isClosed),
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
      isClosed = true
      // A queue that is lost takes nothing back: it hears of the silence.
      const isLost = !(await isAnswering(redis))
      await goodbye(worker.close(isLost))
      redis.disconnect()
    },
  }
}

const CLOSING = 'closing'

interface Hand {
  readonly task: TaskInHand
  /** What somebody wants of it, as it lies in the queue. */
  hear(wish: string | null): void
}

function takeInHand(job: Job<unknown, null>, progressMs: number): Hand {
  const ending = new AbortController()
  const heard = new Set<TaskWish>()
  const listeners: ((wish: TaskWish) => void)[] = []
  let toldAtMs = -Infinity
  let toldSequence: number | undefined
  return {
    hear(wish) {
      if (wish === 'cancel' || wish === CLOSING) ending.abort(wish)
      if ((wish !== 'pause' && wish !== 'finish') || heard.has(wish)) return
      heard.add(wish)
      for (const listener of listeners) listener(wish)
    },
    task: {
      key: job.id ?? '',
      payload: job.data,
      signal: ending.signal,
      onWish(listener) {
        listeners.push(listener)
        for (const earlier of heard) listener(earlier)
      },
      report(progress) {
        const nowMs = performance.now()
        if (nowMs - toldAtMs < progressMs && progress.sequence === toldSequence) return
        toldAtMs = nowMs
        toldSequence = progress.sequence
        job.updateProgress({ ...progress }).catch(() => {}) // the next one tells more
      },
    },
  }
}

/** A queue hears of an end by what is thrown. */
function settled(end: TaskEnd): null {
  switch (end.kind) {
    case 'done':
      return null
    case 'cancelled':
    case 'paused':
      throw new UnrecoverableError(end.kind satisfies WantedEnd)
    case 'failed':
      throw new UnrecoverableError(reasonOfFailure(end.failure))
    case 'again':
      throw new Error(reasonOfFailure(end.failure))
  }
}
