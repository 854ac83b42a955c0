import { engine as tensorEngine, fill } from '@tensorflow/tfjs-core'
import { openEngine } from '../../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../../src/main/compute/engines/engines.ts'
import { failureOfFault } from '../../../src/main/compute/workers/worker-fault.ts'
import { engineProbes } from '../../../src/shared/networks/engine-probes/index.ts'
import { runProbe } from '../../../src/shared/networks/engine-probes/probe-run.ts'
import { isOutOfMemory } from '../../../src/shared/nn/out-of-memory.ts'
import { readTensors } from '../../../src/shared/nn/scope.ts'

/**
 * What a worker with WebGPU says when more is asked for than the device has, when it works on after that, and when the
 * device is taken away in the middle of a training. Then it ends by itself, to be replaced.
 */
export interface LostDeviceStory {
  readonly isOutOfMemory: boolean
  readonly worksOn: boolean
  readonly failureCode: string
}

const engine = findEngine('webgpu')
const [probe] = engineProbes
if (engine === undefined) throw new Error('WebGPU is an engine of the program')
await openEngine(engine, { enginesFolder: null, hasWindows: false })
// Its device belongs to the tensor library's backend, whose type is not told here.
const { device } = tensorEngine().backend as unknown as {
  readonly device: { destroy(): void; readonly limits: { readonly maxBufferSize: number } }
}

const thrownBy = async (action: () => Promise<unknown>): Promise<unknown> => {
  try {
    await action()
    return null
  } catch (cause) {
    return cause
  }
}
const tooMany = Math.ceil(device.limits.maxBufferSize / 4) + 1024
const tooMuch = await thrownBy(() => readTensors(() => [fill([tooMany], 1)]))
const after = await thrownBy(() => runProbe(probe, 1, 1))
const unfinished = thrownBy(() => runProbe(probe, 1, 10_000))
device.destroy()
const story: LostDeviceStory = {
  isOutOfMemory: isOutOfMemory(tooMuch),
  worksOn: after === null,
  failureCode: failureOfFault(await unfinished).code,
}
process.stdout.write(`${JSON.stringify(story)}\n`)
// Nothing ends it but the loss; the test would wait for its own bound otherwise.
setInterval(() => {}, 60_000)
