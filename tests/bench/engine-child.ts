import { memory, setBackend } from '@tensorflow/tfjs-core'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import { trainProbes, worstDifference } from '../support/engines/probe-training.ts'
import { createDilatedNetwork } from './dilated-network.ts'

/** Measures one engine in a process of its own, and answers with a line of JSON. Arguments: engine, its folder. */
export interface EngineFigures {
  readonly device: string | null
  readonly version: string
  /** From the start of the process to the first number. */
  readonly startMs: number
  /** Fastest of the measured training steps. */
  readonly gflopPerSec: number
  readonly stepMs: number
  /** By the processor time of the cheapest step: what one core does, also where other programs take turns. */
  readonly gflopPerCoreSec: number
  /** Median milliseconds of one pass over 10 ms frames, by seconds of sound. */
  readonly inferenceMs: Readonly<Record<'0.1' | '1' | '10', number>>
  /** Of the whole process, at its highest. */
  readonly residentBytes: number
  readonly leakedTensors: number
  /** Of all losses in fifty steps of every kind of block, relative to plain JavaScript's. */
  readonly largestDifference: number
}

const ITEMS = 8
/** A software device would take minutes for the whole. */
const FRAMES = { real: 4096, software: 128 } as const
const MEASURED_MS = 8000
const MOST_STEPS = 12
const FRAMES_PER_SEC = 100
const EQUALITY = { seed: 1, stepCount: 50, from: {} } as const

const [, , name, enginesFolder] = process.argv
const engine = findEngine(name)
if (engine === undefined) throw new Error(`no engine “${name}”`)
const { device, version } = await openEngine(engine, { enginesFolder: enginesFolder || null, hasWindows: false })
const network = createDilatedNetwork()
await network.infer(16)
const startMs = performance.now()
const isSoftware = process.env['UNDERSTUDY_SOFTWARE_GPU'] !== undefined && name === 'webgpu'
const frames = isSoftware ? FRAMES.software : FRAMES.real
let peakBytes = process.memoryUsage.rss()

await network.train(ITEMS, frames)
const tensors = memory().numTensors
let leastCoreSec = Infinity
const steps = await timed(async () => {
  const before = process.cpuUsage()
  await network.train(ITEMS, frames)
  const { user, system } = process.cpuUsage(before)
  leastCoreSec = Math.min(leastCoreSec, (user + system) / 1e6)
}, MOST_STEPS)
const leakedTensors = memory().numTensors - tensors
const stepMs = Math.min(...steps)
const inferenceMs = { '0.1': await pass(0.1), '1': await pass(1), '10': await pass(10) }
network.dispose()
const residentBytes = peakBytes
const figures: EngineFigures = {
  device,
  version,
  startMs,
  stepMs,
  gflopPerSec: (1000 * network.gflop(ITEMS, frames)) / stepMs,
  gflopPerCoreSec: network.gflop(ITEMS, frames) / leastCoreSec,
  inferenceMs,
  residentBytes,
  leakedTensors,
  largestDifference: await compare(),
}
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0))

async function compare(): Promise<number> {
  const { losses } = await trainProbes(EQUALITY)
  await import('@tensorflow/tfjs-backend-cpu')
  await setBackend('cpu')
  return worstDifference(losses, (await trainProbes(EQUALITY)).losses).relative
}

async function pass(seconds: number): Promise<number> {
  const count = Math.round(seconds * FRAMES_PER_SEC)
  await network.infer(count)
  const times = await timed(() => network.infer(count), 50)
  return times.sort((a, b) => a - b)[times.length >> 1]
}

async function timed(action: () => Promise<unknown>, most: number): Promise<number[]> {
  const times: number[] = []
  const endMs = performance.now() + MEASURED_MS
  while (times.length < 3 || (performance.now() < endMs && times.length < most)) {
    const beginMs = performance.now()
    await action()
    times.push(performance.now() - beginMs)
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }
  return times
}
