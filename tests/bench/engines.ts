import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ComputeEngine } from '../../src/main/compute/engines/compute-engine.ts'
import { engines, lastResort } from '../../src/main/compute/engines/engines.ts'
import { workerLaunch } from '../../src/main/compute/workers/fork-worker.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { benchBuiltProgram } from './built-engines.ts'
import { benchEmulatedGpu } from './emulated-gpu.ts'
import type { EngineFigures } from './engine-child.ts'
import type { BenchRow } from './stopwatch.ts'
import { vulkanVariables } from './vulkan.ts'

/**
 * Every engine of this machine on the network that engines are compared by, each in a process of its own: training
 * speed, latency of short and long blocks, start and memory, and how far its losses are from plain JavaScript's,
 * beside the engine that is always there. On a machine with a graphics device, with or without a display, one line
 * does all of it, the built program included: `npm ci && npm run bench -- engines`.
 */
const run = promisify(execFile)
const childPath = fileURLToPath(new URL('./engine-child.ts', import.meta.url))
/** A slow machine under load takes a minute; more is a hang. */
const BOUND_MS = 300_000

type Measured = { readonly engine: ComputeEngine; readonly figures: EngineFigures | null; readonly reason: string }

export async function benchEngines(): Promise<BenchRow[]> {
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const measured: Measured[] = []
  for (const engine of engines.filter(({ isHidden, body }) => !isHidden && body === 'process')) {
    measured.push(await measureEngine(engine, enginesFolder))
  }
  const baseline = measured.find(({ engine }) => engine.id === lastResort)?.figures ?? null
  const rows = measured.map((one) => rowOf(one, baseline))
  const hasGpu = measured.some(({ engine, figures }) => engine.id === 'webgpu' && figures !== null)
  const built = hasGpu ? await benchBuiltProgram(await vulkanVariables()) : []
  return [...rows, ...built, ...(await benchEmulatedGpu())]
}

async function measureEngine(engine: ComputeEngine, enginesFolder: string): Promise<Measured> {
  const probe = engine.probe({ enginesFolder, hasWindows: false })
  if (!probe.isPresent) return { engine, figures: null, reason: absence(engine, probe.reason) }
  const { flags, variables } = workerLaunch({ modelsFolder: '', enginesFolder })
  const env = { ...variables({ id: engine.id, reason: '', isProven: false }), ...(await vulkanVariables()) }
  try {
    const order = [...flags, childPath, engine.id, enginesFolder]
    const { stdout } = await run(process.execPath, order, { env, timeout: BOUND_MS, killSignal: 'SIGKILL' })
    return { engine, figures: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as EngineFigures, reason: '' }
  } catch (cause) {
    return { engine, figures: null, reason: cause instanceof Error ? cause.message.split('\n')[0] : String(cause) }
  }
}

/** The table says so where no graphics device was at hand. */
const absence = ({ id }: ComputeEngine, reason: string): string =>
  id === 'webgpu' ? `no GPU at hand (${reason})` : reason

function rowOf({ engine, figures, reason }: Measured, baseline: EngineFigures | null): BenchRow {
  const name = `engines, ${engine.label}`
  const meaning = 'times WebAssembly’s training speed'
  if (figures === null) return { name, measured: `not measured: ${reason}`, baseline: '–', ratio: 0, meaning }
  return {
    name: figures.device === null ? name : `${name} on ${figures.device}`,
    measured: words(figures),
    baseline: baseline === null ? 'WebAssembly was not measured' : `WebAssembly: ${words(baseline)}`,
    ratio: baseline === null ? 0 : figures.gflopPerSec / baseline.gflopPerSec,
    meaning,
  }
}

function words(figures: EngineFigures): string {
  const { gflopPerSec, gflopPerCoreSec, inferenceMs, startMs, residentBytes, leakedTensors, largestDifference } =
    figures
  // By length: JSON puts whole numbers first.
  const byLength = Object.entries(inferenceMs).sort(([a], [b]) => Number(a) - Number(b))
  const passes = byLength.map(([seconds, ms]) => `${seconds} s in ${ms.toFixed(1)} ms`)
  return [
    `trains at ${gflopPerSec.toFixed(1)} GFLOP/s (${gflopPerCoreSec.toFixed(1)} per second of one core)`,
    `passes: ${passes.join(', ')}`,
    `starts in ${(startMs / 1000).toFixed(2)} s`,
    `${Math.round(residentBytes / 1e6)} MB resident`,
    `fifty steps of every block within ${largestDifference.toExponential(0)} of plain JavaScript’s losses`,
    ...(leakedTensors === 0 ? [] : [`leaves ${leakedTensors} tensors behind`]),
  ].join('; ')
}
