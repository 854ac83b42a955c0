import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { farmAddress } from '../farm/farm-address.ts'
import type { CommandContext } from './command-context.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import { readBetween } from './options.ts'

interface WorkerOptions extends FarmOptions {
  readonly lostAfter: number
}

export function addWorkerCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('worker')
    .description('let this machine convert for others, who put their work into a queue; needs no library')
  addFarmOptions(command)
    .option(
      '--lost-after <seconds>',
      'of silence, another takes over what this one had in hand',
      readBetween(1, 600),
      15,
    )
    .action((options: WorkerOptions) => work(options, context))
}

/** Works until it is interrupted. */
async function work(options: WorkerOptions, { installation, paths, terminal, interruption }: CommandContext) {
  const address = farmAddress(options, process.env)
  if (address === null) throw noQueue()
  // The clients of a queue and a store are loaded by those who use them.
  const { openWorkingMachine } = await import('../working-machine.ts')
  const machine = await openWorkingMachine(address, options.lostAfter, installation, paths)
  terminal.write(`Working for ${machine.queuePlace}, with ${machine.storePlace}. Ctrl-C ends it.\n`)
  await new Promise<void>((resolve) => {
    if (interruption.aborted) resolve()
    else interruption.addEventListener('abort', () => resolve())
  })
  await machine.close()
}

const noQueue = () =>
  new FailureError(
    failure(
      'request-invalid',
      'No queue is named, so there is nobody to work for.',
      'Give --queue and --store, or set UNDERSTUDY_QUEUE and UNDERSTUDY_STORE.',
    ),
  )
