import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { EngineChoice } from '../compute/workers/worker-process.ts'
import { announce } from './bull/presence.ts'
import { openBullWorker, type WorkerTiming } from './bull/bull-worker.ts'
import { openRedis, redisAddress } from './bull/redis.ts'
import type { FarmAddress } from './farm-address.ts'
import { createFarmWorker } from './farm-worker.ts'
import type { FarmWorkerOptions } from './performing.ts'
import { openContentStore } from './store/content-store.ts'
import { openStore } from './store/open-store.ts'
import { clearTaskFolders } from './task-folders.ts'

export interface WorkOptions extends Omit<FarmWorkerOptions, 'contents'> {
  readonly address: FarmAddress
  readonly cacheFolder: string
  readonly version: string
  readonly threadCount: number
  readonly engine: () => EngineChoice | null
  readonly timing?: Partial<WorkerTiming>
}

/** A machine that works for others. */
export interface WorkingMachine {
  readonly queuePlace: string
  readonly storePlace: string
  /** What is in hand goes back into the queue. */
  close(): Promise<void>
}

/** How long a queue may take to hear that a worker goes. */
const LONGEST_GOODBYE_MS = 5000

/** Throws FailureError: a queue or a store that can't be reached. */
export async function workForFarm(options: WorkOptions): Promise<WorkingMachine> {
  const address = redisAddress(options.address.queue)
  const redis = await openRedis(address)
  const machine = hostname()
  try {
    const store = await openStore(options.address.store, process.env)
    await clearTaskFolders(options.folder)
    const contents = openContentStore(store, { cacheFolder: options.cacheFolder })
    const worker = createFarmWorker({ ...options, contents })
    const { timing = {} } = options
    const sources = await Promise.all([
      openBullWorker(address, 'conversions', { machine, timing, perform: worker.convert }),
      openBullWorker(address, 'trainings', { machine, timing, perform: worker.train }),
    ])
    const [id, startedAtMs] = [randomUUID(), Date.now()]
    const { version, threadCount } = options
    const leave = announce(redis, () => {
      const engine = options.engine()?.id ?? null
      return { id, machine, version, engine, threadCount, startedAtMs, ...worker.state() }
    })
    return {
      queuePlace: address.place,
      storePlace: store.place,
      async close() {
        await Promise.race([
          Promise.all([leave(), ...sources.map((source) => source.close())]),
          passed(LONGEST_GOODBYE_MS),
        ])
        redis.disconnect()
        store.close()
      },
    }
  } catch (cause) {
    redis.disconnect()
    throw cause
  }
}

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())
