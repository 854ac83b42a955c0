import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { crewThreadCount, loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import type { VoiceRows } from '../../src/shared/kernels/crew.ts'
import { analyzeVoice } from '../../src/shared/world/index.ts'
import { calibrationLoopMs, CALIBRATION_REFERENCE_MS } from './calibration.ts'
import { keep, processorMs, type BenchRow } from './stopwatch.ts'
import { builtKernels, createStages, kernelsFolder, stageNames, sungTone, type StageName } from './world-stages.ts'
import type { WorkerOrder } from './world-worker.ts'

const RATE_HZ = 16_000
const DURATION_SEC = 4
const RUNS = 4
const RUNS_TOGETHER = 4
const STEM_RATE_HZ = 44_100
const STEM_SEC = 240
const STEM_TARGET_SEC = 12
const STEM_RUNS = 2

/** Milliseconds per second of 16 kHz audio on one core, of the reference implementation in C++. */
const REFERENCE_MS: Readonly<Record<StageName, number>> = {
  DIO: 15,
  StoneMask: 6,
  Harvest: 206,
  CheapTrick: 8,
  D4C: 25,
  synthesis: 12,
}
/** The stages that together replace Harvest's pipeline where speed matters. */
const FAST_STAGES: readonly StageName[] = ['DIO', 'StoneMask', 'CheapTrick', 'D4C']

/** Every stage of WORLD on one thread and on all, beside the reference's times on a machine of this speed. */
export async function benchWorld(): Promise<BenchRow[]> {
  const { alone, speed } = measureAlone()
  const workers = await startWorkers()
  try {
    await everywhere(workers, { kind: 'prepare', fs: RATE_HZ, durationSec: DURATION_SEC })
    const rows: BenchRow[] = []
    for (const name of stageNames) {
      rows.push(rowOf(name, alone[name], await measureTogether(workers, name), REFERENCE_MS[name], speed))
    }
    const sum = FAST_STAGES.reduce((total, name) => total + alone[name], 0)
    const reference = FAST_STAGES.reduce((total, name) => total + REFERENCE_MS[name], 0)
    rows.push(rowOf(FAST_STAGES.join(' + '), sum, undefined, reference, speed))
    rows.push(benchStem(speed))
    return rows
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function rowOf(
  name: string,
  aloneMs: number,
  togetherMs: number | undefined,
  referenceMs: number,
  speed: number,
): BenchRow {
  const onAll = togetherMs === undefined ? '' : `, ${togetherMs.toFixed(2)} ms on ${availableParallelism()}`
  return {
    name: `world: ${name}`,
    measured: `${aloneMs.toFixed(2)} ms per second of ${RATE_HZ / 1000} kHz audio on one thread${onAll}`,
    baseline: `the C++ reference: ${referenceMs} ms, on a machine of this speed ${(referenceMs * speed).toFixed(1)} ms`,
    ratio: aloneMs / (referenceMs * speed),
    meaning: 'times the C++ reference on one thread',
  }
}

/**
 * Least processor time per second of audio, because whatever else the machine does only adds; and how much slower than the
 * reference's this machine is, by a loop that runs in between.
 */
function measureAlone(): { alone: Record<StageName, number>; speed: number } {
  const stages = createStages(RATE_HZ, DURATION_SEC, builtKernels())
  const alone = { DIO: 0, StoneMask: 0, Harvest: 0, CheapTrick: 0, D4C: 0, synthesis: 0 }
  let loopMs = Infinity
  for (const name of stageNames) {
    loopMs = Math.min(loopMs, calibrationLoopMs())
    const times = Array.from({ length: RUNS }, () => processorMs(() => keep(stages[name]())))
    alone[name] = Math.min(...times) / DURATION_SEC
  }
  return { alone, speed: loopMs / CALIBRATION_REFERENCE_MS }
}

async function startWorkers(): Promise<Worker[]> {
  const file = new URL('./world-worker.ts', import.meta.url)
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(file))
  await Promise.all(workers.map((worker) => once(worker, 'online')))
  return workers
}

async function everywhere(workers: readonly Worker[], order: WorkerOrder): Promise<void> {
  await Promise.all(
    workers.map(async (worker) => {
      worker.postMessage(order)
      const [answer] = await once(worker, 'message')
      keep(Number(answer))
    }),
  )
}

async function measureTogether(workers: readonly Worker[], name: StageName): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < RUNS_TOGETHER; round++) {
    const startMs = performance.now()
    await everywhere(workers, { kind: 'stage', name, runs: 1 })
    times.push(performance.now() - startMs)
  }
  return Math.min(...times) / DURATION_SEC / workers.length
}

/** Harvest, CheapTrick and D4C of four minutes on all threads, as the product does it: none of the spectra are held. */
function benchStem(speed: number): BenchRow {
  const x = sungTone(STEM_RATE_HZ, STEM_SEC)
  const kernels = loadKernelsWithCrew(kernelsFolder, () => {})
  const threads = crewThreadCount()
  let sec = Infinity
  let processorSec = Infinity
  for (let run = 0; run < STEM_RUNS; run++) {
    const startMs = performance.now()
    const used = process.cpuUsage()
    const take = (_frame: number, { power, aperiodicity }: VoiceRows) => keep(power[10] + aperiodicity[10])
    keep(analyzeVoice(x, STEM_RATE_HZ, {}, take, kernels)[10])
    sec = Math.min(sec, (performance.now() - startMs) / 1000)
    const { user, system } = process.cpuUsage(used)
    processorSec = Math.min(processorSec, (user + system) / 1e6)
  }
  return {
    name: 'world: a whole stem',
    measured: `${STEM_SEC} s of ${STEM_RATE_HZ / 1000} kHz: pitch, envelopes and aperiodicity in ${sec.toFixed(1)} s on ${threads} threads (${processorSec.toFixed(1)} s of processor time in all)`,
    baseline: `wanted on two threads of the reference's machine: ${STEM_TARGET_SEC} s, of this one ${(STEM_TARGET_SEC * speed).toFixed(1)} s`,
    ratio: (sec * threads) / (2 * STEM_TARGET_SEC * speed),
    meaning: 'times the time that is wanted, per thread',
  }
}
