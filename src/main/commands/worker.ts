import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { createWorkerFork } from '../compute/workers/fork-worker.ts'
import { openComputePool, wantedEngine } from '../compute-pool.ts'
import { farmAddress } from '../farm/farm-address.ts'
import { workForFarm } from '../farm/work-for-farm.ts'
import { openWavReader } from '../files/wav-file.ts'
import { emotionDigest } from '../jobs/engine-version.ts'
import { createLogger } from '../logger.ts'
import type { CommandContext } from './command-context.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import { readBetween } from './options.ts'

interface WorkerOptions extends FarmOptions {
  readonly lostAfter: number
}

/** The share of its silence after which others look for what it had. */
const LOOKS_PER_SILENCE = 3

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
  const logger = createLogger(paths.logsFolder, 'worker')
  const { pool } = openComputePool({
    ...{ paths, logger },
    workerPath: installation.computeWorkerPath,
    hasWindows: false,
    fork: createWorkerFork({ modelsFolder: paths.modelsFolder, enginesFolder: paths.enginesFolder }),
    wanted: wantedEngine(process.env),
    onChange: () => {},
  })
  const folder = join(paths.homeFolder, 'farm')
  try {
    const machine = await workForFarm({
      ...{ address, pool, logger, folder },
      cacheFolder: join(folder, 'contents'),
      version: installation.version,
      threadCount: availableParallelism(),
      engine: () => pool.engineOf('interactive'),
      shippedEmotions: emotionDigest(paths),
      rateOf,
      timing: { lockMs: options.lostAfter * 1000, lookMs: (options.lostAfter * 1000) / LOOKS_PER_SILENCE },
    })
    terminal.write(`Working for ${machine.queuePlace}, with ${machine.storePlace}. Ctrl-C ends it.\n`)
    await new Promise<void>((resolve) => {
      if (interruption.aborted) resolve()
      else interruption.addEventListener('abort', () => resolve())
    })
    await machine.close()
  } finally {
    pool.stop()
  }
}

function rateOf(wavPath: string): number {
  const wav = openWavReader(wavPath)
  wav.close()
  return wav.rateHz
}

const noQueue = () =>
  new FailureError(
    failure(
      'request-invalid',
      'No queue is named, so there is nobody to work for.',
      'Give --queue and --store, or set UNDERSTUDY_QUEUE and UNDERSTUDY_STORE.',
    ),
  )
