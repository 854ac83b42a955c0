import type { Command } from 'commander'
import { FailureError } from '../../shared/base/errors.ts'
import type { EngineReport } from '../../shared/contract/library.ts'
import { installNativeEngine } from '../compute/native-install.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

export function addBackendCommand(program: Command, context: CommandContext): void {
  const backend = program
    .command('backend')
    .description('which compute engine is used, why, and how fast it was measured')
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
    .action(() => install(context))
}

/** Needs no library: a running window stays as it is, and finds the engine at its next start. */
async function install({ paths, terminal }: CommandContext): Promise<void> {
  let lastPhase = ''
  const onProgress = (fraction: number, phase: string) => {
    const line = `${String(Math.floor(fraction * 100)).padStart(3)} %  ${phase}`
    if (terminal.isInteractive) terminal.writeAside(`\r\u001b[2K${line}`)
    else if (phase !== lastPhase) terminal.writeAside(`${line}\n`)
    lastPhase = phase
  }
  const installed = await installNativeEngine({ enginesFolder: paths.enginesFolder, onProgress })
  if (terminal.isInteractive) terminal.writeAside('\r\u001b[2K')
  if (!installed.ok) throw new FailureError(installed.failure)
  terminal.write(`${installed.value.folder}\n`)
}

function words(report: EngineReport): string {
  const rows = report.engines.map((engine) => [
    engine.label,
    engine.state,
    engine.stepsPerSec === null ? '' : `${engine.stepsPerSec.toFixed(1)} training steps/s`,
    engine.reason,
  ])
  const speed =
    report.realTimeFactor === null
      ? 'conversion speed not measured yet'
      : `converts ${report.realTimeFactor.toFixed(1)} s of audio per second`
  return `${table(rows)}${report.threadCount} threads, ${speed}\n`
}
