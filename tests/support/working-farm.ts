import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FarmAddress } from '../../src/main/farm/farm-address.ts'
import { startCommand, type RunningCommand } from './command-line.ts'
import { processTree } from './process-tree.ts'
import { redisBinary, startRedis, type RedisServer } from './redis-server.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

/** A real queue and a shared folder, and machines that work there in processes of their own. */
export interface WorkingFarm {
  readonly folder: string
  readonly address: FarmAddress
  readonly redis: RedisServer
  /** A home that nobody had before. */
  newHome(name: string): string
  /** Settles once it has said that it works; it ends with the test. */
  startWorker(address?: FarmAddress): Promise<RunningCommand>
  /** The one that works on from test to test: started where there is none. */
  lastingWorker(): Promise<void>
  killLastingWorker(): void
  close(): Promise<void>
}

/** Where this machine has no Redis and no Valkey, what needs one is skipped, and says so. */
export const farmBinary = redisBinary()
if (farmBinary === null) {
  process.stderr.write('Skipped: no redis-server or valkey-server on this machine (Debian’s package: redis-server).\n')
}

/** The shortest silence after which a machine is taken for lost that a busy one never keeps. */
const LOST_AFTER_SEC = '3'

export async function openWorkingFarm(): Promise<WorkingFarm> {
  const folder = makeTemporaryFolder()
  const redis = await startRedis(farmBinary ?? '')
  const own: FarmAddress = { queue: redis.url, store: join(folder, 'store') }
  mkdirSync(own.store)
  let homes = 0
  const newHome = (name: string) => join(folder, `${name}-${homes++}`)
  const start = ({ queue, store }: FarmAddress): RunningCommand =>
    startCommand(['worker', '--queue', queue, '--store', store, '--lost-after', LOST_AFTER_SEC], newHome('worker'))
  let lasting: RunningCommand | null = null
  const killLastingWorker = () => {
    if (lasting !== null) killMachine(lasting)
    lasting = null
  }
  return {
    folder,
    address: own,
    redis,
    newHome,
    async startWorker(address = own) {
      const worker = start(address)
      onTestFinished(() => killMachine(worker))
      await worker.wrote(/Working for/)
      return worker
    },
    async lastingWorker() {
      lasting ??= start(own)
      await lasting.wrote(/Working for/)
    },
    killLastingWorker,
    async close() {
      killLastingWorker()
      await redis.kill()
      removeFolder(folder)
    },
  }
}

/** As if its power went: the process and all that it started, at once. */
export function killMachine(worker: RunningCommand): void {
  for (const { pid } of processTree(worker.process.pid ?? 0)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended between the look and the kill.
    }
  }
}
