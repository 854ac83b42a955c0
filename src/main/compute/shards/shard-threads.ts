import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { FromRemote, Leak, ToRemote } from '../../../shared/networks/remote/messages.ts'
import { createRemoteLine } from '../../../shared/networks/remote/remote-line.ts'
import { createRemoteWork } from '../../../shared/networks/remote/remote-work.ts'
import type { RunShards } from '../../../shared/networks/spectral-autoencoder/sharded-work.ts'
import type { TensorWork } from '../../../shared/networks/spectral-autoencoder/tensor-work.ts'
import { isOutOfMemory } from '../../../shared/nn/out-of-memory.ts'
import { createWatchdog } from '../workers/watchdog.ts'

/** What a thread is started with. */
export interface ShardThreadData {
  readonly engine: string
}

export interface ShardThreadOptions {
  /** The engine that each thread opens for itself. */
  readonly engine: string
  readonly workerPath?: string
  readonly idleMs?: number
  /** The longest that a shard may take. */
  readonly silenceBoundMs?: number
}

export interface ShardThreads {
  readonly run: RunShards
  /** What the tasks left behind until now, in all threads. */
  leak(): Leak
  stop(): void
}

/** A batch has four shards: more threads than that have nothing to do. */
const MOST_THREADS = 4
/** Threads that nobody asks for so long give their memory back. */
const IDLE_MS = 10_000
/** Far beyond the longest shard on a slow and busy machine. */
const SILENCE_BOUND_MS = 120_000

/** Threads that share a batch on this machine. */
export const shardThreadCount = (): number => Math.min(availableParallelism(), MOST_THREADS)

/** Beside this file in the source; the build puts it beside the other entries, above the parts that they share. */
function shardWorkerPath(): string {
  const places = ['./shard-worker.ts', './shard-worker.js', '../shard-worker.js']
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? paths[0]
}

interface Thread {
  readonly work: TensorWork
  leak(): Leak
  /** Keeps the process alive while it has something to do. */
  hold(isBusy: boolean): void
  stop(): void
}

/** What a thread's end means for whoever waited for it. */
class ThreadLostError extends Error {}

/** Threads with an engine each. They start with the first jobs and end when there are none for a while. */
export function createShardThreads(options: ShardThreadOptions): ShardThreads {
  const threads: (Thread | null)[] = []
  let idle: NodeJS.Timeout | undefined
  let ended: Leak = { tensors: 0, bytes: 0 }

  const close = (place: number) => {
    const thread = threads[place] ?? null
    if (thread === null) return
    ended = sumOf(ended, thread.leak())
    thread.stop()
    threads[place] = null
  }
  const stop = () => threads.forEach((_, place) => close(place))

  /** A lost thread is replaced and its job done once more: the job's numbers don't depend on where it is done. */
  async function attempt<Found>(place: number, job: (work: TensorWork) => Promise<Found>): Promise<Found> {
    for (let hasLost = false; ; hasLost = true) {
      const thread = (threads[place] ??= startThread(options))
      thread.hold(true)
      try {
        return await job(thread.work)
      } catch (cause) {
        if (!(cause instanceof ThreadLostError)) throw cause
        close(place)
        // Smaller parts may fit: that is for whoever knows how much is computed at once.
        if (isOutOfMemory(cause)) throw cause
        if (hasLost) throw new FailureError(lostTwice(cause.message))
      } finally {
        thread.hold(false)
      }
    }
  }

  return {
    async run<Found>(jobs: readonly ((work: TensorWork) => Promise<Found>)[], atOnce: number) {
      clearTimeout(idle)
      const results: Found[] = []
      const faults: unknown[] = []
      let next = 0
      const lane = async (place: number): Promise<void> => {
        while (next < jobs.length && faults.length === 0) {
          const index = next++
          await attempt(place, jobs[index]).then(
            (found) => void (results[index] = found),
            (cause: unknown) => void faults.push(cause),
          )
        }
      }
      // Not one of them computes any more when this settles.
      await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, (_, place) => lane(place)))
      idle = setTimeout(stop, options.idleMs ?? IDLE_MS).unref()
      if (faults.length > 0) throw faults[0]
      return results
    },
    leak: () => threads.reduce((sum, thread) => (thread === null ? sum : sumOf(sum, thread.leak())), ended),
    stop() {
      clearTimeout(idle)
      stop()
    },
  }
}

const sumOf = (a: Leak, b: Leak): Leak => ({ tensors: a.tensors + b.tensors, bytes: a.bytes + b.bytes })

const lostTwice = (reason: string) =>
  failure(
    'engine-stopped',
    'A thread of the compute engine stopped, and so did the one that took its place.',
    'Try again; a training goes on from its last checkpoint.',
    reason,
  )

function startThread(options: ShardThreadOptions): Thread {
  const { engine, workerPath = shardWorkerPath(), silenceBoundMs = SILENCE_BOUND_MS } = options
  const workerData: ShardThreadData = { engine }
  const worker = new Worker(workerPath, { workerData, execArgv: [] })
  const line = createRemoteLine((taskId, task) => worker.postMessage({ kind: 'run', taskId, task } satisfies ToRemote))
  const lose = (reason: string) => line.lose(new ThreadLostError(reason))
  const watchdog = createWatchdog(silenceBoundMs, () => {
    lose(`a thread gave no sign of life for ${Math.round(silenceBoundMs / 1000)} s`)
    void worker.terminate()
  })
  // The thread is this program's own: its types hold on the line.
  worker.on('message', (message: FromRemote) => {
    watchdog.hear()
    line.receive(message)
  })
  worker.on('error', (cause) => lose(cause.message))
  worker.on('exit', (code) => lose(`a thread ended with ${code}`))
  worker.unref()
  return {
    work: createRemoteWork(line.call),
    leak: () => line.leak,
    hold(isBusy) {
      if (isBusy) {
        worker.ref()
        watchdog.start()
      } else {
        worker.unref()
        watchdog.stop()
      }
    },
    stop: () => void worker.terminate(),
  }
}
