import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { assert } from '../../../shared/base/assert.ts'
import { CancelledError, failure, FailureError } from '../../../shared/base/errors.ts'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { SamplerPeaks } from '../../../shared/sampling/calibration.ts'
import { GROUP_SEGMENTS, type SamplerDecoder } from '../../../shared/sampling/decoder.ts'
import { quantizeDecoder } from '../../../shared/sampling/integer/quantize.ts'
import { groupsAtOnce } from '../../../shared/sampling/lock-step.ts'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import { placeSampler } from '../../../shared/sampling/place-sampler.ts'
import { segmentOffsets, segmentOrder, type SamplingSong } from '../../../shared/sampling/song.ts'
import { moduleOf, type SamplerModules } from './sampler-modules.ts'
import { STOPPED, type SamplingAnswer, type SamplingOrder, type SamplingThreadData } from './sampling-order.ts'

export interface SamplerOptions {
  readonly decoder: SamplerDecoder
  /** Of the decoder: `measurePeaks`. f32 does without. */
  readonly peaks: SamplerPeaks | null
  readonly precision: SamplerPrecision
  readonly modules: SamplerModules
  /** The most samples of a frame. */
  readonly hop: number
  readonly threadCount?: number
  readonly workerPath?: string
}

/** Threads that sing with one decoder, whose weights lie in their shared memory once. */
export interface Sampler {
  readonly precision: SamplerPrecision
  /**
   * The levels of all segments, one after the other (`segmentOffsets`): the same for any number of threads. One song at
   * a time. Throws `CancelledError`, or a failure when a thread is lost.
   */
  sing(song: SamplingSong, progress: Progress): Promise<Uint8Array>
  stop(): void
}

/** Segments are too few to keep more threads busy. */
const MOST_THREADS = 8

const samplingThreadCount = (): number => Math.min(availableParallelism(), MOST_THREADS)

/** Beside this file in the source; the build puts it beside the other entries, above the parts that they share. */
function samplingWorkerPath(): string {
  const places = ['./sampling-worker.ts', './sampling-worker.js', '../sampling-worker.js']
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? paths[0]
}

export function openSampler(options: SamplerOptions): Sampler {
  const { decoder, peaks, precision, modules, hop, threadCount = samplingThreadCount() } = options
  const module = moduleOf(modules, precision)
  assert(module !== undefined, `there is no sampler ${precision}`)
  assert(precision === 'f32' || peaks !== null, `a sampler in ${precision} needs the decoder's peaks`)
  const integers = precision === 'f32' || peaks === null ? null : quantizeDecoder(decoder, peaks, precision)
  const groups = groupsAtOnce(decoder, precision)
  const batch = { groups, mostSamples: hop }
  const { memory, network, batches } = placeSampler(decoder, integers, Array<typeof batch>(threadCount).fill(batch))
  const threads = batches.map((place) => {
    const workerData: SamplingThreadData = { module, memory, network, batch: place }
    const worker = new Worker(options.workerPath ?? samplingWorkerPath(), { workerData, execArgv: [] })
    worker.unref()
    return worker
  })

  async function sing(song: SamplingSong, progress: Progress): Promise<Uint8Array> {
    throwIfCancelled(progress)
    const offsets = segmentOffsets(song)
    const sung = new Uint8Array(new SharedArrayBuffer(offsets[offsets.length - 1]))
    const order = shared(Int32Array.from(segmentOrder(song)))
    const turns = new Int32Array(new SharedArrayBuffer(8))
    const mostAtOnce = Math.min(Math.ceil(song.segments.length / threads.length), groups * GROUP_SEGMENTS)
    const shares: SamplingSong = {
      ...song,
      held: shared(song.held),
      pitch: song.pitch && shared(song.pitch),
      lags: song.lags ? shared(song.lags) : null,
      fixed: shared(song.fixed),
    }
    const frameCount = sung.length / song.hop
    let frames = 0
    const count = (more: number) => {
      frames += more
      progress.report(frames / frameCount, 'singing')
      if (progress.isCancelled) Atomics.store(turns, STOPPED, 1)
    }
    const message: SamplingOrder = { song: shares, order, turns, sung, mostAtOnce }
    try {
      await Promise.all(threads.map((worker) => singIn(worker, message, count)))
    } catch (cause) {
      Atomics.store(turns, STOPPED, 1)
      throw cause
    }
    if (Atomics.load(turns, STOPPED) !== 0) throw new CancelledError()
    return sung.slice()
  }
  return { precision, sing, stop: () => threads.forEach((worker) => void worker.terminate()) }
}

/** Until the thread has nothing more to sing. */
function singIn(worker: Worker, order: SamplingOrder, count: (frames: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      worker.off('message', hear).off('error', lose).off('exit', leave).unref()
      act()
    }
    // The thread is this program's own: its types hold on the line.
    const hear = (answer: SamplingAnswer) => {
      if (answer.kind === 'sung') count(answer.frames)
      else if (answer.kind === 'done') end(resolve)
      else end(() => reject(new Error(answer.details)))
    }
    const lose = (cause: Error) => end(() => reject(new FailureError(lost(cause.message))))
    const leave = (code: number) => end(() => reject(new FailureError(lost(`it ended with ${code}`))))
    worker.on('message', hear).on('error', lose).on('exit', leave).ref()
    worker.postMessage(order)
  })
}

const lost = (reason: string) =>
  failure('engine-stopped', 'A thread that was singing stopped.', 'Try again with fewer things open.', reason)

/** A copy that threads share instead of copying it again. */
function shared<Values extends Float32Array | Int32Array | Uint16Array>(values: Values): Values {
  const copy = new SharedArrayBuffer(values.byteLength)
  new Uint8Array(copy).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  // The same kind of array as the one that was given, over other memory.
  const Kind = values.constructor as new (buffer: SharedArrayBuffer) => Values
  return new Kind(copy)
}
