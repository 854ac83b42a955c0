import { createWasmWork } from '../../src/main/compute/engines/backend-wasm.ts'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { measureStepsPerSec } from '../../src/main/compute/engines/self-test.ts'
import { gflopPerStep } from '../../src/main/compute/engines/step-cost.ts'
import { shardThreadCount } from '../../src/main/compute/shards/shard-threads.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import type { TensorWork } from '../../src/shared/networks/spectral-autoencoder/tensor-work.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const STEPS = 6
const MATRIX = 192
/** Each kind of step is timed again and again between the others; the fastest of each are compared. */
const ROUNDS = 4

/**
 * Steps per second of every engine that starts on this machine, beside a plain loop's multiply-adds; and what threads
 * that share a batch give on WebAssembly.
 */
export async function benchTraining(): Promise<BenchRow[]> {
  const plainMs = medianMs(3, plainProduct)
  const plainGflops = (2 * MATRIX ** 3) / plainMs / 1e6
  const rows: BenchRow[] = []
  const setting = {
    enginesFolder: applicationPaths({ modelsFolder: '' }, process.env).enginesFolder,
    hasWindows: false,
  }
  for (const engine of engines) {
    if (engine.isHidden || engine.body === 'window' || !engine.probe(setting).isPresent) continue
    const backend = await openEngine(engine, setting).catch(() => null)
    if (backend === null) continue
    const stepsPerSec = await stepsPerSecOn(backend.work)
    rows.push({
      name: `training, ${engine.label}`,
      measured: `${stepsPerSec.toFixed(1)} steps/s (${(stepsPerSec * gflopPerStep()).toFixed(1)} GFLOP/s)`,
      baseline: `a plain loop: ${plainGflops.toFixed(2)} GFLOP/s`,
      ratio: (stepsPerSec * gflopPerStep()) / plainGflops,
      meaning: 'times the arithmetic of a plain loop',
    })
  }
  return [...rows, ...(await benchThreads())]
}

const stepsPerSecOn = (work: TensorWork | undefined, size: 'fast' | 'standard' = 'fast') =>
  measureStepsPerSec(() => performance.now(), STEPS, size, work)

interface StepCost {
  readonly stepsPerSec: number
  /** Of all threads together, which other programs on the machine do not change. */
  readonly processorMs: number
}

async function costOn(work: TensorWork | undefined, size: 'fast' | 'standard'): Promise<StepCost> {
  const before = process.cpuUsage()
  const stepsPerSec = await stepsPerSecOn(work, size)
  const { user, system } = process.cpuUsage(before)
  // One more than it times warms up.
  return { stepsPerSec, processorMs: (user + system) / 1000 / (STEPS + 1) }
}

const better = (a: StepCost, b: StepCost): StepCost => ({
  stepsPerSec: Math.max(a.stepsPerSec, b.stepsPerSec),
  processorMs: Math.min(a.processorMs, b.processorMs),
})

const describeCost = ({ stepsPerSec, processorMs }: StepCost): string =>
  `${stepsPerSec.toFixed(1)} steps/s, ${processorMs.toFixed(0)} ms of processor time a step`

/** The same step in one piece, in shards one after the other, and in shards side by side. The last engine is WebAssembly. */
async function benchThreads(): Promise<BenchRow[]> {
  const count = shardThreadCount()
  const rows: BenchRow[] = []
  for (const size of ['fast', 'standard'] as const) {
    const ways = [undefined, createWasmWork(1).work, createWasmWork(count).work]
    let costs: readonly StepCost[] = ways.map(() => ({ stepsPerSec: 0, processorMs: Infinity }))
    for (let round = 0; round < ROUNDS; round++) {
      const found: StepCost[] = []
      for (const [index, work] of ways.entries()) found.push(better(costs[index], await costOn(work, size)))
      costs = found
    }
    const [whole, alone, shared] = costs
    rows.push({
      name: `training, WebAssembly, ${size} size on ${count} threads`,
      measured: `${describeCost(shared)}, ${(shared.processorMs / count).toFixed(0)} ms in each thread`,
      baseline: `in one piece: ${describeCost(whole)}; the same shards on one thread: ${describeCost(alone)}`,
      ratio: shared.stepsPerSec / whole.stepsPerSec,
      meaning: `times the steps of one engine with the whole batch, ${(whole.processorMs / (shared.processorMs / count)).toFixed(2)} by processor time`,
    })
  }
  return rows
}

function plainProduct(): void {
  const a = new Float32Array(MATRIX * MATRIX).fill(0.5)
  const b = new Float32Array(MATRIX * MATRIX).fill(0.25)
  for (let row = 0; row < MATRIX; row++) {
    for (let column = 0; column < MATRIX; column++) {
      let sum = 0
      for (let index = 0; index < MATRIX; index++) sum += a[row * MATRIX + index] * b[index * MATRIX + column]
      keep(sum)
    }
  }
}
