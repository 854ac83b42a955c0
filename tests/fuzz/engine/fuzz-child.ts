import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ChildMessage, ChildOrder } from './child-order.ts'
import { LONGEST_MS } from './target.ts'
import { areasOf, shareAreas, type WorkerMessage } from './watched-work.ts'

/**
 * A process that tries one target: a thread tries the inputs, and this one looks on. An input that holds the processor
 * for longer than it may, or the thread for a minute by the clock, is told, its thread ended, and the rest goes on in another.
 */
// The starter of this process gives nothing else.
const order = JSON.parse(process.argv[2]) as ChildOrder
const HELD_PROCESSOR_MS = LONGEST_MS + 500
/** On a busy machine a thread may have to wait for its turn. */
const HELD_CLOCK_MS = 60_000
/** Objects that are alive at once; what lies in buffers comes on top. */
const LARGEST_HEAP_MB = 400
const LOOK_MS = 100
/** A target of which so many inputs hung has been told enough about. */
const MOST_HANGS = 5

const tell = (message: ChildMessage): void => void process.send?.(message)
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

let doneCount = 0
for (let hangs = 0; hangs < MOST_HANGS; hangs++) {
  const hung = await tryRest(doneCount, hangs)
  if (!hung || order.replayed !== null) break
}
process.disconnect()

/** @returns whether an input hung */
function tryRest(start: number, round: number): Promise<boolean> {
  const shared = shareAreas()
  const { running, bytes } = areasOf(shared)
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), {
    // Garbage of earlier inputs counts for none.
    resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB },
    workerData: {
      ...order,
      count: order.count - start,
      // What was tried before the hang is not tried again.
      seed: order.seed + 7919 * round,
      replayed: order.replayed === null ? null : new Uint8Array(readFileSync(order.replayed)),
      shared,
    },
  })
  return new Promise((resolve) => {
    let looked = { running: 0, sinceMs: performance.now(), cpuMs: cpuMs() }
    const timer = setInterval(() => {
      const index = Atomics.load(running, 0)
      if (index !== looked.running || index === 0) {
        looked = { running: index, sinceMs: performance.now(), cpuMs: cpuMs() }
        return
      }
      const [heldMs, usedMs] = [performance.now() - looked.sinceMs, cpuMs() - looked.cpuMs]
      if (usedMs < HELD_PROCESSOR_MS && heldMs < HELD_CLOCK_MS) return
      const input = bytes.slice(0, Atomics.load(running, 1))
      const why = `still ran after ${Math.round(usedMs)} ms of the processor and ${Math.round(heldMs)} ms by the clock`
      tell({ kind: 'slow', why, input: base64(input) })
      end(true)
    }, LOOK_MS)
    const end = (hung: boolean): void => {
      clearInterval(timer)
      doneCount = start + Atomics.load(running, 2) + (hung ? 1 : 0)
      if (hung) tell({ kind: 'end', inputCount: doneCount - start, keptCount: 0, blockCount: null, slowestMs: 1000 })
      void worker.terminate().then(() => resolve(hung))
    }
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'failure') tell({ ...message, input: message.input && base64(message.input) })
      if (message.kind === 'slow') tell({ ...message, input: base64(message.input) })
      if (message.kind !== 'end') return
      tell(message)
      end(false)
    })
    worker.on('error', (cause) => {
      const input = bytes.slice(0, Atomics.load(running, 1))
      tell({
        kind: 'failure',
        why: `the thread died: ${cause instanceof Error ? cause.stack : String(cause)}`,
        input: base64(input),
      })
      end(Atomics.load(running, 0) > 0)
    })
  })
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
