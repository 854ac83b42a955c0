import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { EngineState } from '../../src/shared/contract/engines.ts'
import type { EngineReport } from '../../src/shared/contract/library.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'
import type { BenchRow } from './stopwatch.ts'

const run = promisify(execFile)
const commandLine = resolve(import.meta.dirname, '../../out/main/cli.js')
/** Self-tests of every engine, and the conversion's speed. */
const BOUND_MS = 600_000

/**
 * The graphics device through the built program: its own self-test holds it to the stored numbers and times it, in
 * the processes that will work with it.
 */
export async function benchBuiltProgram(variables: Readonly<Record<string, string>>): Promise<BenchRow[]> {
  const name = 'engines, WebGPU in the built program'
  if (!existsSync(commandLine)) return [missing(name, 'not built; “npm run build” builds it')]
  const home = makeTemporaryFolder()
  try {
    const env = { ...process.env, ...variables, UNDERSTUDY_HOME: home }
    const options = { env, timeout: BOUND_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 24 } as const
    const { stdout } = await run(process.execPath, [commandLine, 'backend', '--json'], options)
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as EngineReport // the program's own
    const [gpu, wasm] = (['webgpu', 'wasm'] as const).map((id) => report.engines.find((engine) => engine.id === id))
    if (gpu === undefined || gpu.gflopPerSec === null) return [missing(name, gpu?.reason ?? 'not among the engines')]
    return [row(name, gpu, wasm)]
  } catch (cause) {
    return [missing(name, cause instanceof Error ? cause.message.split('\n')[0] : String(cause))]
  } finally {
    removeFolder(home)
  }
}

const row = (name: string, gpu: EngineState, wasm: EngineState | undefined): BenchRow => ({
  name: `${name} on ${gpu.device ?? 'an unnamed device'}`,
  measured: `${gpu.state}: ${gpu.reason}; ${speedOf(gpu)}`,
  baseline: wasm === undefined ? '–' : `WebAssembly: ${speedOf(wasm)}`,
  ratio: (gpu.stepsPerSec ?? 0) / (wasm?.stepsPerSec ?? Infinity),
  meaning: 'times WebAssembly’s training steps',
})

const speedOf = ({ stepsPerSec, inferenceMs }: EngineState): string =>
  `${stepsPerSec?.toFixed(1) ?? '–'} steps/s of the fast size, one second of sound in ${inferenceMs?.toFixed(1) ?? '–'} ms`

const missing = (name: string, reason: string): BenchRow => ({
  name,
  measured: `not measured: ${reason}`,
  baseline: '–',
  ratio: 0,
  meaning: 'times WebAssembly’s training steps',
})
