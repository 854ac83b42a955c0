import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchMemory } from '../support/resident-memory.ts'
import { openStudio, wholeSource } from '../support/studio.ts'

/**
 * `npm run bench:hour`: one hour of singing is imported and converted by the whole application, and the most memory
 * that all of its processes held together is told. `-- 600` takes as many seconds instead; `--json` prints for programs.
 * It takes half an hour and more, and three gigabytes of disk while it runs.
 */
const RATE_HZ = 48_000
/** What a one-hour file may take, in all processes together. */
const MOST_BYTES = 1e9

const words = process.argv.slice(2)
const isJson = words.includes('--json')
const durationSec = Number(words.find((word) => !word.startsWith('--')) ?? 3600)
if (!(durationSec > 0)) {
  process.stderr.write('Give a duration in seconds, or nothing for an hour.\n')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'understudy-hour-'))
try {
  // In a process of its own, so that its memory is not counted.
  execFileSync(process.execPath, [join(import.meta.dirname, 'hour-sounds.ts'), folder, String(durationSec)])
  const steps = await convertAll()
  report(steps)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Step {
  readonly name: string
  readonly workSec: number
  readonly peakBytes: number
}

async function convertAll(): Promise<Step[]> {
  const studio = await openStudio(join(folder, 'home'))
  try {
    const singer = await studio.ask('singer:import', { file: { kind: 'path', path: join(folder, 'singer.singer') } })
    const project = await studio.ask('project:create', { name: 'Hour', rateHz: RATE_HZ })
    const [imported, source] = await measured('import', () =>
      studio.importPath(project.projectId, join(folder, 'stem.wav')),
    )
    rmSync(join(folder, 'stem.wav'))
    const [converted, { render, report }] = await measured('convert', async () =>
      studio.outcome('convert', await studio.ask('project:convert', wholeSource(project, source, singer))),
    )
    if (render.durationSamples !== source.durationSamples || report.medianPitchErrorCents === null) {
      throw new Error(`the render is not its source's: ${JSON.stringify(report)}`)
    }
    return [imported, converted]
  } finally {
    await studio.close()
  }
}

async function measured<T>(name: string, work: () => Promise<T>): Promise<[Step, T]> {
  const memory = watchMemory(process.pid)
  const startMs = performance.now()
  const value = await work()
  const workSec = (performance.now() - startMs) / 1000
  return [{ name, workSec, peakBytes: memory.stop() }, value]
}

function report(steps: readonly Step[]): void {
  if (isJson) return void process.stdout.write(`${JSON.stringify({ durationSec, steps }, null, 2)}\n`)
  process.stdout.write(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.version}\n` +
      `${durationSec} s of singing, mono, ${RATE_HZ / 1000} kHz\n`,
  )
  for (const { name, workSec, peakBytes } of steps) {
    const share = peakBytes / MOST_BYTES
    process.stdout.write(
      `${name}: real-time factor ${(workSec / durationSec).toFixed(3)} (${workSec.toFixed(0)} s), at most ` +
        `${(peakBytes / 1e6).toFixed(0)} MB in all processes together, ${share.toFixed(2)} of what an hour may take\n`,
    )
  }
  if (steps.some(({ peakBytes }) => peakBytes > MOST_BYTES)) process.exitCode = 1
}
