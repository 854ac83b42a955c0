import { parentPort, workerData } from 'node:worker_threads'
import { createBatch, instantiateSampler } from '../../../shared/sampling/memory/batch.ts'
import type { PlacedBatch } from '../../../shared/sampling/memory/batch-place.ts'
import type { PlacedNetwork } from '../../../shared/sampling/memory/network.ts'
import { singSegments, type SamplingSong } from '../../../shared/sampling/song.ts'

/** Entry of a thread that sings segments of a song with weights that all threads share. See `sampler.ts`. */
export interface SamplingThreadData {
  readonly module: Uint8Array<ArrayBuffer>
  readonly memory: WebAssembly.Memory
  readonly network: PlacedNetwork
  readonly batch: PlacedBatch
}

export interface SamplingOrder {
  readonly song: SamplingSong
  /** Of the segments, in the order in which they are taken. */
  readonly order: Int32Array
  /** [`TAKEN`, `STOPPED`], shared by all threads. */
  readonly turns: Int32Array
  readonly sung: Uint8Array
  readonly mostAtOnce: number
}

export type SamplingAnswer =
  | { readonly kind: 'sung'; readonly frames: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'fault'; readonly details: string }

const TAKEN = 0
export const STOPPED = 1

class StoppedError extends Error {}

if (parentPort !== null) serve(parentPort)

function serve(port: NonNullable<typeof parentPort>): void {
  // Whoever starts the thread gives it this.
  const { module, memory, network, batch: place } = workerData as SamplingThreadData
  const batch = createBatch(instantiateSampler(module, memory), memory.buffer, network, place)
  const send = (answer: SamplingAnswer) => port.postMessage(answer)
  port.on('message', ({ song, order, turns, sung, mostAtOnce }: SamplingOrder) => {
    const take = () => {
      const place = Atomics.add(turns, TAKEN, 1)
      return place < order.length ? order[place] : null
    }
    const advance = (frames: number) => {
      send({ kind: 'sung', frames })
      if (Atomics.load(turns, STOPPED) !== 0) throw new StoppedError()
    }
    try {
      singSegments(batch, song, { take, advance, mostAtOnce }, sung)
      send({ kind: 'done' })
    } catch (cause) {
      if (cause instanceof StoppedError) return send({ kind: 'done' })
      send({ kind: 'fault', details: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    }
  })
}
