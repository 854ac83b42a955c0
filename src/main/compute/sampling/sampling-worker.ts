import { parentPort, workerData } from 'node:worker_threads'
import { createBatch, instantiateSampler } from '../../../shared/sampling/memory/batch.ts'
import { singSegments } from '../../../shared/sampling/song.ts'
import { STOPPED, TAKEN, type SamplingAnswer, type SamplingOrder, type SamplingThreadData } from './sampling-order.ts'

/** Entry of a thread that sings segments of a song with weights that all threads share. See `sampler.ts`. */
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
