import type { Command } from 'commander'
import type { EngineReport } from '../../shared/contract/library.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

export function addBackendCommand(program: Command, context: CommandContext): Command {
  return program
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
