import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { FarmState, FarmWorker } from '../../shared/contract/farm-state.ts'
import type { CommandContext } from './command-context.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

interface Options extends FarmOptions {
  readonly json?: boolean
}

export function addFarmCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('farm')
    .description('the machines that work for this one: who they are, what they do, what waits and what failed')
  addFarmOptions(command)
    .option('--json', 'print JSON')
    .action(({ json, ...farm }: Options) =>
      context.withApplication(
        async (application) => {
          const state = await request(application, 'farm:describe', {})
          if (state === null) throw noQueue()
          if (state.trouble !== null) throw new FailureError(state.trouble)
          context.terminal.write(json === true ? `${JSON.stringify(state)}\n` : words(state))
        },
        { farm },
      ),
    )
}

function words({ queuePlace, storePlace, workers, counts, failures }: FarmState): string {
  const heads = ['machine', 'version', 'engine', 'threads', 'does', 'speed', 'done', 'failed']
  const { waiting, active, done, failed } = counts
  const told = failures.map(({ machine, failure: failed, failedAtMs }) => [
    new Date(failedAtMs).toISOString().slice(0, 16).replace('T', ' '),
    machine ?? '–',
    failed.message,
  ])
  return (
    `${queuePlace}, sounds in ${storePlace}\n` +
    `${waiting} waiting, ${active} worked on, ${done} done and ${failed} failed lately\n\n` +
    (workers.length === 0
      ? 'No machine works there. Start “understudy worker” on one.\n'
      : table([heads, ...workers.map(row)])) +
    (told.length === 0 ? '' : `\n${table(told)}`)
  )
}

const row = (worker: FarmWorker): readonly string[] => [
  worker.machine,
  worker.isOfThisVersion ? worker.version : `${worker.version}: takes nothing from here`,
  worker.engine ?? '–',
  String(worker.threadCount),
  doing(worker),
  worker.realTimeFactor === null ? '–' : `${worker.realTimeFactor.toFixed(1)} s of sound per second`,
  String(worker.doneCount),
  String(worker.failedCount),
]

function doing({ fraction, trainingFraction }: FarmWorker): string {
  const percent = (share: number) => `${Math.floor(share * 100)} %`
  const parts = [
    ...(fraction === null ? [] : [`converts, ${percent(fraction)}`]),
    ...(trainingFraction === null ? [] : [`learns, ${percent(trainingFraction)}`]),
  ]
  return parts.length === 0 ? 'waits' : parts.join('; ')
}

const noQueue = () =>
  new FailureError(
    failure(
      'request-invalid',
      'No queue is named: everything is done on this machine.',
      'Give --queue and --store, or set UNDERSTUDY_QUEUE and UNDERSTUDY_STORE.',
    ),
  )
