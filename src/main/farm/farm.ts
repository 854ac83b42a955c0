import type { Redis } from 'ioredis'
import { FailureError } from '../../shared/base/errors.ts'
import type { FarmCounts, FarmState } from '../../shared/contract/farm-state.ts'
import { openBullQueue } from './bull/bull-queue.ts'
import { presentWorkers } from './bull/presence.ts'
import { isAnswering, openRedis, queueUnreachable, redisAddress } from './bull/redis.ts'
import type { FarmAddress } from './farm-address.ts'
import { openContentStore, type ContentStore } from './store/content-store.ts'
import { openStore } from './store/open-store.ts'
import type { TaskQueue } from './task-queue.ts'

/** Other machines, seen from one that has work for them. */
export interface Farm {
  readonly conversions: TaskQueue
  readonly trainings: TaskQueue
  readonly contents: ContentStore
  /** Throws FailureError `queue-unreachable` where the queue was lost, though what is asked of it meanwhile waits for it. */
  describe(): Promise<Pick<FarmState, 'workers' | 'counts' | 'failures'>>
  close(): Promise<void>
}

/** What answers no sooner is as good as gone, for somebody who looks. */
const ANSWER_MS = 4000

/** Throws FailureError: an address that is none, a queue or a store that can't be reached. */
export async function openFarm(address: FarmAddress, cacheFolder: string): Promise<Farm> {
  const ofQueue = redisAddress(address.queue)
  const store = await openStore(address.store, process.env)
  let opened: { readonly redis: Redis; readonly conversions: TaskQueue; readonly trainings: TaskQueue }
  try {
    const [redis, conversions, trainings] = await Promise.all([
      openRedis(ofQueue),
      openBullQueue(ofQueue, 'conversions'),
      openBullQueue(ofQueue, 'trainings'),
    ])
    opened = { redis, conversions, trainings }
  } catch (cause) {
    store.close()
    throw cause
  }
  const { redis, conversions, trainings } = opened
  const queues = [conversions, trainings]
  return {
    conversions,
    trainings,
    contents: openContentStore(store, { cacheFolder }),
    async describe() {
      const lost = () => new FailureError(queueUnreachable(ofQueue, ''))
      if (!(await isAnswering(redis))) throw lost()
      const asked = Promise.all([
        presentWorkers(redis),
        Promise.all(queues.map((queue) => queue.counts())),
        Promise.all(queues.map((queue) => queue.failures())),
      ])
      const [workers, counts, failures] = await inTime(asked, lost)
      return {
        workers,
        counts: counts.reduce(bothCounts),
        failures: failures.flat().sort((a, b) => b.failedAtMs - a.failedAtMs),
      }
    },
    async close() {
      redis.disconnect()
      await Promise.all(queues.map((queue) => queue.close()))
      store.close()
    },
  }
}

const bothCounts = (a: FarmCounts, b: FarmCounts): FarmCounts => ({
  waiting: a.waiting + b.waiting,
  active: a.active + b.active,
  done: a.done + b.done,
  failed: a.failed + b.failed,
})

function inTime<Value>(answer: Promise<Value>, tooLate: () => Error): Promise<Value> {
  return new Promise((resolve, reject) => {
    const waiting = setTimeout(() => reject(tooLate()), ANSWER_MS)
    answer.then(resolve, reject).finally(() => clearTimeout(waiting))
  })
}
