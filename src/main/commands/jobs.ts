import type { Command } from 'commander'
import type { Job } from '../../shared/contract/jobs.ts'
import type { CommandContext } from './command-context.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

export function addJobsCommand(program: Command, { terminal, withApplication }: CommandContext): void {
  program
    .command('jobs')
    .description('what ran, with its outcome; trainings that wait to go on')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) =>
      withApplication(async (application) => {
        const jobs = await request(application, 'jobs:list', {})
        terminal.write(options.json === true ? `${JSON.stringify(jobs)}\n` : listing(jobs))
      }),
    )
}

function listing(jobs: readonly Job[]): string {
  if (jobs.length === 0) return 'Nothing ran yet.\n'
  const rows = jobs.map((job) => [
    new Date(job.createdAtMs).toISOString().slice(0, 16).replace('T', ' '),
    job.state,
    `${Math.floor(job.fraction * 100)} %`,
    job.title,
    job.failure?.message ?? '',
  ])
  return table([['STARTED', 'STATE', 'DONE', 'WHAT', ''], ...rows])
}
