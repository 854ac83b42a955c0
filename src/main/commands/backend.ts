import type { Command } from 'commander'
import type { EngineState } from '../../shared/contract/engines.ts'
import type { EngineReport } from '../../shared/contract/library.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { installEngine, removeEngine } from './install-engine.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

export function addBackendCommand(program: Command, context: CommandContext): void {
  const backend = program
    .command('backend')
    .description('every compute engine: state, device, memory, measured speed, use, expected minutes of a training')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) =>
      context.withApplication(async (application) => {
        const { jobId } = await request(application, 'engine:measure', {})
        await followJob(application, jobId, 'engine-check', context)
        const report = await request(application, 'engine:describe', {})
        context.terminal.write(options.json === true ? `${JSON.stringify(report)}\n` : words(report))
      }),
    )
  backend
    .command('install')
    .description('fetch and build native TensorFlow for training; everything works without it')
    .option('--gpu', 'the one for NVIDIA devices')
    .action((options: { readonly gpu?: boolean }) => installEngine(options.gpu === true ? 'gpu' : 'cpu', context))
  backend
    .command('remove')
    .description('remove native TensorFlow again')
    .action(() => removeEngine(context))
}

function words(report: EngineReport): string {
  const heads = ['engine', 'state', 'for', 'GFLOP/s', 'steps/s', 'quick', 'normal', 'long', 'device', 'memory']
  const reasons = report.engines.map(({ label, version, reason }) => [
    `${label}${version ? ` ${version}` : ''}:`,
    reason,
  ])
  const speed =
    report.realTimeFactor === null
      ? 'conversion speed not measured yet'
      : `converts ${report.realTimeFactor.toFixed(1)} s of audio per second`
  return `${table([heads, ...report.engines.map(row)])}\n${table(reasons)}\n${report.threadCount} threads, ${speed}\n${offerWords(report)}`
}

const row = (engine: EngineState): readonly string[] => [
  engine.label,
  engine.state,
  engine.use.join(' and ') || '–',
  engine.gflopPerSec?.toFixed(1) ?? '–',
  engine.stepsPerSec?.toFixed(1) ?? '–',
  ...(['quick', 'normal', 'long'] as const).map((preset) => minutes(engine.trainingSec?.[preset])),
  engine.device ?? '–',
  memoryWords(engine),
]

/** What its process takes, and of how much where the device has memory of its own. */
function memoryWords({ residentBytes, memoryBytes }: EngineState): string {
  if (residentBytes === null) return '–'
  const taken = `${Math.round(residentBytes / 1e6)} MB`
  return memoryBytes === null ? taken : `${taken}; the device has ${(memoryBytes / 1e9).toFixed(0)} GB`
}

const minutes = (seconds: number | undefined): string =>
  seconds === undefined ? '–' : `${Math.max(1, Math.round(seconds / 60))} min`

/** What could be added, where it is not there. */
function offerWords({ native }: EngineReport): string {
  if (native.installed !== null) return ''
  if (native.obstacle !== null) return `${native.obstacle}\n`
  const [cpu] = native.variants
  return `Native TensorFlow can be added: “understudy backend install”, ${Math.ceil(cpu.downloadBytes / 1e6)} MB.\n`
}
