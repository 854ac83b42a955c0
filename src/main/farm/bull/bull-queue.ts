import { Queue, QueueEvents } from 'bullmq'
import type { Job } from 'bullmq'
import type { FarmCounts, FarmFailure } from '../../../shared/contract/farm-state.ts'
import type { QueuedRun, QueuedTask, QueueEnd, QueueListeners, TaskQueue, TaskWish } from '../task-queue.ts'
import { failureOfReason, wantedEndOf } from './failure-reason.ts'
import {
  KEPT_DONE,
  KEPT_FAILED,
  PREFIX,
  queueName,
  TASK_NAME,
  WISH_KEPT_SEC,
  wishKey,
  type QueueKind,
} from './queue-names.ts'
import { progressOf } from './task-progress.ts'
import { goodbye, isAnswering, openRedis, redisConnection, type RedisAddress } from './redis.ts'

export interface BullQueueOptions {
  /** A task that nothing is heard of is asked after this often: events may be lost with a connection. */
  readonly lookMs?: number
}

const LOOK_MS = 5000
/** A fault that is not the task's own is tried so often. */
const ATTEMPTS = 3
const BACKOFF_MS = 1000
const SHOWN_FAILURES = 20

/** One task that somebody here waits for. */
interface Awaited {
  readonly task: QueuedTask
  readonly listeners: QueueListeners
  readonly settle: (end: QueueEnd) => void
  /** Settles when it lies in the queue: what is asked and wished of it comes after. */
  taken: Promise<void>
  isPausing: boolean
  isSettled: boolean
}

/** A queue on Redis or Valkey, by BullMQ. Throws FailureError `queue-unreachable`. */
export async function openBullQueue(
  address: RedisAddress,
  kind: QueueKind,
  options: BullQueueOptions = {},
): Promise<TaskQueue> {
  const redis = await openRedis(address)
  let isClosed = false
  const connection = redisConnection(address, () => !isClosed)
  const queue = new Queue<unknown, null, string>(queueName(kind), { connection, prefix: PREFIX })
  const events = new QueueEvents(queueName(kind), { connection, prefix: PREFIX })
  // Connections come back by themselves; until then everything waits.
  queue.on('error', () => {})
  events.on('error', () => {})
  const awaited = new Map<string, Set<Awaited>>()

  const settle = (one: Awaited, end: QueueEnd) => {
    if (one.isSettled) return
    one.isSettled = true
    const others = awaited.get(one.task.key)
    others?.delete(one)
    if (others?.size === 0) awaited.delete(one.task.key)
    one.settle(end)
  }
  const forEach = (key: string, act: (one: Awaited) => void) => [...(awaited.get(key) ?? [])].forEach(act)

  /** Sees to it that the task is in the queue, or settles with what became of it there. */
  const look = async (one: Awaited): Promise<void> => {
    await one.taken
    const { key } = one.task
    const job = await queue.getJob(key)
    const state = job === undefined ? 'unknown' : await job.getState()
    if (one.isSettled) return
    if (state === 'completed') return settle(one, { kind: 'done' })
    if (state === 'failed') return endFailed(one, job)
    if (state === 'unknown') await enqueue(one.task)
  }
  const endFailed = async (one: Awaited, job: Job | undefined) => {
    const wanted = wantedEndOf(job?.failedReason)
    if (wanted === 'paused' && one.isPausing) return settle(one, { kind: 'paused' })
    // Somebody else took it back, or its worker went home; here it is wanted still.
    if (wanted !== null) return enqueue(one.task)
    settle(one, { kind: 'failed', failure: failureOfReason(job?.failedReason) })
  }
  const enqueue = async ({ key, urgency, payload }: QueuedTask) => {
    await redis.del(wishKey(key))
    const earlier = await queue.getJob(key)
    if (earlier !== undefined && (await earlier.isFailed())) await earlier.remove()
    await queue.add(TASK_NAME, payload, {
      jobId: key,
      priority: urgency,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: BACKOFF_MS },
      removeOnComplete: KEPT_DONE,
      removeOnFail: KEPT_FAILED,
    })
  }
  const withdraw = async ({ task: { key }, taken }: Awaited) => {
    await taken
    await tellWish(key, 'cancel')
    const job = await queue.getJob(key)
    // What is worked on can't be removed: its worker reads the sign.
    await job?.remove().catch(() => {})
  }
  const tellWish = (key: string, wish: TaskWish | 'cancel') => redis.set(wishKey(key), wish, 'EX', WISH_KEPT_SEC)
  const lookAgain = (key: string) => forEach(key, (one) => void look(one).catch(() => {}))

  events.on('completed', ({ jobId }) => lookAgain(jobId))
  events.on('failed', ({ jobId }) => lookAgain(jobId))
  events.on('removed', ({ jobId }) => lookAgain(jobId))
  events.on('stalled', ({ jobId }) => forEach(jobId, ({ listeners }) => listeners.onTakeover?.()))
  events.on('progress', ({ jobId, data }) => {
    const told = progressOf(data)
    if (told !== null) forEach(jobId, ({ listeners }) => listeners.onProgress?.(told))
  })
  const looking = setInterval(() => [...awaited.keys()].forEach(lookAgain), options.lookMs ?? LOOK_MS)
  looking.unref()

  function add(task: QueuedTask, listeners: QueueListeners): QueuedRun {
    const { promise, resolve } = Promise.withResolvers<QueueEnd>()
    const taken = Promise.resolve()
    const own: Awaited = { task, listeners, settle: resolve, taken, isPausing: false, isSettled: false }
    awaited.set(task.key, (awaited.get(task.key) ?? new Set()).add(own))
    // What fails here is looked after again soon.
    own.taken = takeUp(own).catch(() => {})
    return {
      ended: promise,
      cancel() {
        if (own.isSettled) return
        const isLast = awaited.get(task.key)?.size === 1
        settle(own, { kind: 'cancelled' })
        if (isLast) void withdraw(own).catch(() => {})
      },
      wish(wish) {
        if (wish === 'pause') own.isPausing = true
        if (!own.isSettled) void carryOut(own, wish).catch(() => {})
      },
    }
  }
  /** Nobody works on what waits: it is paused by not being there. */
  const carryOut = async (one: Awaited, wish: TaskWish) => {
    await one.taken
    const { key } = one.task
    await tellWish(key, wish)
    const job = await queue.getJob(key)
    const state = await job?.getState()
    if (wish !== 'pause' || (state !== 'waiting' && state !== 'prioritized')) return
    await job?.remove()
    settle(one, { kind: 'paused' })
  }
  /** A failed task that is asked for anew is done anew. */
  const takeUp = async (one: Awaited) => {
    const job = await queue.getJob(one.task.key)
    const isDone = job !== undefined && (await job.isCompleted())
    if (isDone && one.task.isAnew) await job.remove()
    else if (isDone) return settle(one, { kind: 'done' })
    if (!one.isSettled) await enqueue(one.task)
  }

  return {
    place: address.place,
    add,
    counts: async (): Promise<FarmCounts> => {
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed')
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts
      return { waiting: waiting + prioritized + delayed, active, done: completed, failed }
    },
    failures: async (): Promise<readonly FarmFailure[]> => {
      const jobs = await queue.getFailed(0, SHOWN_FAILURES - 1)
      return jobs
        .filter((job) => wantedEndOf(job.failedReason) === null)
        .map((job) => ({
          machine: job.processedBy ?? null,
          failure: failureOfReason(job.failedReason),
          failedAtMs: job.finishedOn ?? 0,
        }))
    },
    async close() {
      clearInterval(looking)
      for (const others of [...awaited.values()]) for (const one of [...others]) settle(one, { kind: 'cancelled' })
      isClosed = true
      const isLost = !(await isAnswering(redis))
      const ends = Promise.allSettled([isLost ? queue.disconnect() : queue.close(), events.close()])
      // Of connections that are lost no end is heard.
      if (!isLost) await goodbye(ends)
      redis.disconnect()
    },
  }
}
