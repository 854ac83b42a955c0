import { workerData, type MessagePort } from 'node:worker_threads'
import { FailureError, type Failure } from '../../shared/base/errors.ts'
import type { CrewJobs } from '../../shared/kernels/crew.ts'
import { performJob } from '../../shared/world/jobs.ts'
import { loadKernels } from './kernels.ts'
import { createMemoryGuard } from './workers/memory-guard.ts'

/** Entry of a thread of the crew: does the jobs it is sent, one after the other. See `crew.ts`. */
export interface CrewThreadData {
  readonly port: MessagePort
  /** Counts answers, so that whoever waits for one wakes up. */
  readonly answers: Int32Array
  readonly kernelsFolder: string
}

export interface CrewRequest<Kind extends keyof CrewJobs = keyof CrewJobs> {
  readonly run: number
  readonly index: number
  readonly kind: Kind
  readonly job: CrewJobs[Kind]['job']
}

export type CrewAnswer = { readonly run: number; readonly index: number } & (
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'fault'; readonly details: string }
)

// Whoever starts the thread gives it this.
const { port, answers, kernelsFolder } = workerData as CrewThreadData
const kernels = loadKernels(kernelsFolder, () => {})
/** The arrays of a done job are large, and a thread of its own would let many pile up. */
const tidy = createMemoryGuard(() => performance.now(), 0)

port.on('message', (request: CrewRequest) => {
  const answer = answerTo(request)
  port.postMessage(answer, answer.kind === 'done' ? buffersOf(answer.result) : [])
  Atomics.add(answers, 0, 1)
  Atomics.notify(answers, 0)
  tidy()
})

function answerTo({ run, index, kind, job }: CrewRequest): CrewAnswer {
  try {
    return { run, index, kind: 'done', result: performJob(kind, job, kernels) }
  } catch (cause) {
    if (cause instanceof FailureError) return { run, index, kind: 'failed', failure: cause.failure }
    return {
      run,
      index,
      kind: 'fault',
      details: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    }
  }
}

/** Results move instead of being copied: an array, or an object of arrays. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const values = ArrayBuffer.isView(result) ? [result] : Object.values(result ?? {})
  const buffers = values.flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer] : []))
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer)
}
