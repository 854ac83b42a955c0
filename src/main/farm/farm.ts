import type { Redis } from 'ioredis'
import type { FarmState } from '../../shared/contract/farm-state.ts'
import { openBullQueue } from './bull/bull-queue.ts'
import { presentWorkers } from './bull/presence.ts'
import { openRedis, redisAddress } from './bull/redis.ts'
import type { FarmAddress } from './farm-address.ts'
import { openContentStore, type ContentStore } from './store/content-store.ts'
import { openStore } from './store/open-store.ts'
import type { TaskQueue } from './task-queue.ts'

/** Other machines, seen from one that has work for them. */
export interface Farm {
  readonly queue: TaskQueue
  readonly contents: ContentStore
  describe(): Promise<Omit<FarmState, 'trouble'>>
  close(): Promise<void>
}

/** Throws FailureError: an address that is none, a queue or a store that can't be reached. */
export async function openFarm(address: FarmAddress, cacheFolder: string): Promise<Farm> {
  const ofQueue = redisAddress(address.queue)
  const store = await openStore(address.store, process.env)
  let opened: { readonly redis: Redis; readonly queue: TaskQueue }
  try {
    opened = { redis: await openRedis(ofQueue), queue: await openBullQueue(ofQueue) }
  } catch (cause) {
    store.close()
    throw cause
  }
  const { redis, queue } = opened
  return {
    queue,
    contents: openContentStore(store, { cacheFolder }),
    async describe() {
      const [workers, counts, failures] = await Promise.all([presentWorkers(redis), queue.counts(), queue.failures()])
      return { queuePlace: queue.place, storePlace: store.place, workers, counts, failures }
    },
    async close() {
      redis.disconnect()
      await queue.close()
      store.close()
    },
  }
}
