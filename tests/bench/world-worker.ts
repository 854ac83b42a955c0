import { parentPort } from 'node:worker_threads'
import { builtKernels, createStages, type StageName } from './world-stages.ts'

/** One thread of the benchmark: does one thing after the other and says when it is done. */
export type WorkerOrder =
  | { readonly kind: 'prepare'; readonly fs: number; readonly durationSec: number }
  | { readonly kind: 'stage'; readonly name: StageName; readonly runs: number }

const kernels = builtKernels()
let stages: ReturnType<typeof createStages> | undefined

parentPort?.on('message', (order: WorkerOrder) => {
  let answer = 0
  if (order.kind === 'prepare') {
    stages = createStages(order.fs, order.durationSec, kernels)
    for (const run of Object.values(stages)) answer += run()
  } else {
    for (let run = 0; run < order.runs; run++) answer += stages?.[order.name]() ?? NaN
  }
  parentPort?.postMessage(answer)
})
