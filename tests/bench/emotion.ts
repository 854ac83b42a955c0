import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ComputeEngine } from '../../src/main/compute/engines/compute-engine.ts'
import { engines, lastResort } from '../../src/main/compute/engines/engines.ts'
import { workerLaunch } from '../../src/main/compute/workers/fork-worker.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import type { RelganFigures, Spent } from './emotion-child.ts'
import type { BenchRow } from './stopwatch.ts'
import { vulkanVariables } from './vulkan.ts'

/**
 * RelGAN on every engine of this machine, each in a process of its own, beside WebAssembly: the generator over a stem
 * of four minutes as it is translated, and a training step of one item of the batch; at paper and at compact size.
 */
const run = promisify(execFile)
const childPath = fileURLToPath(new URL('./emotion-child.ts', import.meta.url))
/** Paper size on WebAssembly takes minutes. */
const BOUND_MS = 1_200_000
const STEM_SEC = 240
const sizes = ['paper', 'compact'] as const

type Size = (typeof sizes)[number]
interface Measured {
  readonly engine: ComputeEngine
  readonly figures: RelganFigures | null
  readonly reason: string
}

export async function benchEmotion(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const size of sizes) {
    const measured: Measured[] = []
    for (const engine of engines.filter(({ isHidden, body }) => !isHidden && body === 'process'))
      measured.push(await measure(engine, size))
    const baseline = measured.find(({ engine }) => engine.id === lastResort)?.figures ?? null
    rows.push(...measured.flatMap((one) => rowsOf(one, size, baseline)))
  }
  return rows
}

async function measure(engine: ComputeEngine, size: Size): Promise<Measured> {
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const probe = engine.probe({ enginesFolder, hasWindows: false })
  if (!probe.isPresent) return { engine, figures: null, reason: probe.reason }
  const { flags, variables } = workerLaunch({ modelsFolder: '', enginesFolder })
  const env = { ...variables({ id: engine.id, reason: '', isProven: false }), ...(await vulkanVariables()) }
  try {
    const order = [...flags, childPath, engine.id, enginesFolder, size]
    const { stdout } = await run(process.execPath, order, { env, timeout: BOUND_MS, killSignal: 'SIGKILL' })
    return { engine, figures: lastFigures(stdout), reason: '' }
  } catch (cause) {
    const { stdout = '', stderr = '', signal } = cause as { stdout?: string; stderr?: string; signal?: string | null } // of execFile
    const said = stderr.split('\n').filter((line) => /error|abort|memory/i.test(line))
    return { engine, figures: lastFigures(stdout), reason: said.at(-1)?.trim() ?? signal ?? String(cause) }
  }
}

/** Null where not even the first measure came to its end. */
function lastFigures(stdout: string): RelganFigures | null {
  const line = stdout.split('\n').findLast((one) => one.startsWith('{'))
  return line === undefined ? null : (JSON.parse(line) as RelganFigures)
}

function rowsOf({ engine, figures, reason }: Measured, size: Size, baseline: RelganFigures | null): BenchRow[] {
  const name = `emotion, RelGAN at ${size} size, ${engine.label}`
  if (figures === null) {
    const meaning = 'times real time'
    return [{ name, measured: `not measured: ${reason}`, baseline: '–', ratio: 0, meaning }]
  }
  const { stem, step } = figures
  const leaked = step === null || step.leakedTensors === 0 ? '' : `; leaves ${step.leakedTensors} tensors behind`
  return [
    {
      name: `${name}, four minutes translated`,
      measured: words(stem),
      baseline: baseline === null ? 'WebAssembly was not measured' : `WebAssembly: ${words(baseline.stem)}`,
      ratio: STEM_SEC / stem.sec,
      meaning: 'times real time',
    },
    {
      name: `${name}, a training step of one item`,
      measured: step === null ? `not measured: ${reason}` : `${words(step)}${leaked}`,
      baseline: baseline?.step ? `WebAssembly: ${words(baseline.step)}` : 'WebAssembly was not measured',
      ratio: step && baseline?.step ? baseline.step.processorSec / step.processorSec : 0,
      meaning: 'times WebAssembly’s speed by processor time',
    },
  ]
}

const words = ({ sec, processorSec, gflop }: Spent): string =>
  `${sec.toFixed(1)} s (${processorSec.toFixed(1)} s of processor time, ${(gflop / processorSec).toFixed(1)} GFLOP per second of it)`
