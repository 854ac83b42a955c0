import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { targetNamed } from '../targets/registry.ts'
import { startCoverage } from './coverage.ts'
import { runFuzz, tryInput, type Trial } from './fuzz-run.ts'
import { LONGEST_MS } from './target.ts'
import { areasOf, type WatchedWork, type WorkerMessage } from './watched-work.ts'

/**
 * Tries one target in a thread whose watcher can always see which input runs, and end it. Replays the given input alone
 * where there is one.
 */
// The starter of this thread gives nothing else.
const work = workerData as WatchedWork
const { running, bytes } = areasOf(work.shared)
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

// Decoders complain on the console of what their outcome says already.
Object.assign(globalThis.console, { error() {}, warn() {}, log() {}, info() {} })

// A process that may write in one folder alone is refused fsync. Nothing here has to outlive a loss of power.
fs.fsyncSync = () => {}
syncBuiltinESMExports()

const target = targetNamed(work.targetName)
const opened = await target.open(work.folder)
let slowestMs = 0
let memoryLimitMb = target.memoryCapMb
const signatures = new Map<string, number>()

function before(input: Uint8Array, index: number): void {
  bytes.set(input.subarray(0, bytes.length))
  Atomics.store(running, 1, Math.min(input.length, bytes.length))
  Atomics.store(running, 0, index + 1)
}

function after({ index, input, takenMs, thrown, hasThrown }: Trial): void {
  Atomics.store(running, 0, 0)
  Atomics.store(running, 2, index + 1)
  slowestMs = Math.max(slowestMs, takenMs)
  if (hasThrown) fail(input, describe(thrown))
  if (takenMs > LONGEST_MS)
    tell({ kind: 'slow', why: `took ${Math.round(takenMs)} ms of the processor`, input: input.slice() })
  const peakMb = process.resourceUsage().maxRSS / 1024
  if (peakMb > memoryLimitMb) {
    fail(input, `its process held ${Math.round(peakMb)} MB, more than ${memoryLimitMb} MB`)
    // The peak stays: only what goes far beyond it is told again.
    memoryLimitMb = peakMb * 1.5
  }
}

/** The first of each kind is kept. */
const TOLD_OF_A_KIND = 1
function fail(input: Uint8Array, why: string): void {
  const signature = why.replace(/[0-9a-f]{6,}|\d+/g, '#').slice(0, 160)
  const count = (signatures.get(signature) ?? 0) + 1
  signatures.set(signature, count)
  tell({ kind: 'failure', why, input: count <= TOLD_OF_A_KIND ? input.slice() : null })
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${String(thrown)}`
  const places = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at .*\/(src|node_modules)\//.test(line))
  return [`${thrown.name}: ${thrown.message}`.slice(0, 400), ...places.slice(0, 4)].join('\n')
}

tell({ kind: 'opened' })
if (work.replayed !== null) {
  before(work.replayed, 0)
  after({ index: 0, input: work.replayed, ...(await tryInput(opened, work.replayed)) })
  tell({ kind: 'end', inputCount: 1, keptCount: 0, blockCount: null, slowestMs })
} else {
  const { seed, count, isGuided, isCovered, endsAtMs } = work
  const isOver = () => endsAtMs !== null && Date.now() > endsAtMs
  const coverage = isCovered ? startCoverage() : null
  const end = await runFuzz(opened, { seed, count, isGuided, before, after, isOver }, coverage)
  tell({ kind: 'end', ...end, slowestMs })
}
await opened.close?.()
