import { statfs } from 'node:fs/promises'
import { availableParallelism, freemem, totalmem } from 'node:os'
import * as z from 'zod'
import type { EngineReport, EngineState } from '../../shared/contract/library.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'
import type { Engine } from '../compute/pool.ts'
import type { Library } from '../library/client.ts'
import type { ApplicationPaths } from '../paths.ts'

/** What is known of the compute engines of this machine. */
export interface EngineBook {
  /** The last measurement with the memory and disk of now; before the first one only what is always true. */
  describe(): Promise<EngineReport>
  put(report: EngineReport): Promise<void>
  /** A worker came up and said what it computes with. */
  hear(engine: Engine): void
}

const SETTING = 'engine-report'
const stored = z.object({ engines: z.array(z.object({ id: z.string() })), measuredAtMs: z.number() })

export function createEngineBook(
  library: Library,
  { homeFolder }: Pick<ApplicationPaths, 'homeFolder'>,
  emit: (event: ApplicationEvent) => void,
): EngineBook {
  let inUse: Engine | null = null

  const describe = async (): Promise<EngineReport> => {
    const kept = await library.settings.get(SETTING)
    // This file alone writes the setting; the schema only guards against a foreign or older value.
    const measured = stored.safeParse(kept).success ? (kept as EngineReport) : null
    return { ...(measured ?? unmeasured(inUse)), ...(await machineNow(homeFolder)) }
  }
  return {
    describe,
    async put(report) {
      await library.settings.set(SETTING, report)
      emit({ kind: 'engine-changed', report: await describe() })
    },
    hear(engine) {
      inUse = engine
      void describe().then(
        (report) => emit({ kind: 'engine-changed', report }),
        () => {}, // the library is closing: nobody is left to tell
      )
    },
  }
}

/** The engine that is always there; whether a faster one is, only the self-test can say. */
const unmeasured = (inUse: Engine | null): Omit<EngineReport, keyof MachineState> => ({
  engines: [inUse === null ? wasm : { ...wasm, ...stateOf(inUse) }],
  realTimeFactor: null,
  trainingSec: null,
  measuredAtMs: 0,
})

const wasm: EngineState = {
  id: 'wasm',
  label: 'WebAssembly',
  state: 'ready',
  reason: 'always there; not measured yet',
  stepsPerSec: null,
  version: null,
}

const labels = { tensorflow: 'TensorFlow', webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const

function stateOf({ backend, reason }: Engine): Pick<EngineState, 'id' | 'label' | 'state' | 'reason'> {
  const id = backend in labels ? (backend as keyof typeof labels) : 'wasm' // the line before says so
  return { id, label: labels[id], state: 'in-use', reason }
}

type MachineState = Pick<EngineReport, 'threadCount' | 'freeMemoryBytes' | 'totalMemoryBytes' | 'freeDiskBytes'>

async function machineNow(folder: string): Promise<MachineState> {
  const disk = await statfs(folder).catch(() => null)
  return {
    threadCount: availableParallelism(),
    freeMemoryBytes: freemem(),
    totalMemoryBytes: totalmem(),
    freeDiskBytes: disk === null ? 0 : disk.bavail * disk.bsize,
  }
}
