import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { ClipVerdict, TrainingSummary } from '../../shared/contract/jobs.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import type { Terminal } from './terminal.ts'

interface TrainOptions {
  readonly name: string
  readonly clips: string
  readonly preset: TrainingPreset
  readonly fromScratch?: boolean
  readonly seed: number
  readonly hue: number
  readonly consent: string
  readonly json?: boolean
}

export function addSingerTrainCommand(singer: Command, context: CommandContext): void {
  singer
    .command('train')
    .description('learn a singer from clips of their voice')
    .requiredOption('--name <name>', 'what the singer is called')
    .requiredOption('--clips <folder>', 'folder with dry recordings of that one voice')
    .addOption(
      new Option('--preset <preset>', 'how long to learn').choices(['quick', 'normal', 'long']).default('quick'),
    )
    .option('--from-scratch', 'learn everything from these clips instead of enrolling the voice into the shipped base')
    .option('--seed <number>', 'same seed and clips, same singer', readSeed, 1)
    .option('--hue <number>', 'color in the window, 0…7', readWhole(0, 7), 0)
    .option(
      '--consent <words>',
      'who agreed to what; stored in the singer',
      'Not stated: trained from the command line.',
    )
    .option('--json', 'print the result as JSON')
    .action((options: TrainOptions) => context.withApplication((application) => train(application, options, context)))
}

async function train(application: Application, options: TrainOptions, context: CommandContext): Promise<void> {
  const verdicts = await inspect(application, await clipPaths(options.clips), context)
  const kept = verdicts.filter((clip) => clip.isKept)
  if (options.json !== true) tellVerdicts(context.terminal, verdicts)
  if (kept.length === 0) {
    throw new FailureError(
      failure(
        'clips-too-few',
        `None of the ${verdicts.length} files in ${options.clips} can be learned from.`,
        reasons(verdicts),
      ),
    )
  }
  const { jobId, singerId } = await request(application, 'singer:train', {
    name: options.name,
    hueIndex: options.hue,
    consent: options.consent,
    clipIds: kept.map((clip) => clip.clipId),
    preset: options.preset,
    method: options.fromScratch === true ? 'scratch' : 'enroll',
    seed: options.seed,
  })
  const { summary } = await followJob(application, jobId, 'train', context)
  tellSummary(context.terminal, options, singerId, summary)
}

async function inspect(application: Application, paths: readonly string[], context: CommandContext) {
  const files = paths.map((path) => ({ kind: 'path' as const, path }))
  const { jobId } = await request(application, 'singer:inspectClips', { files })
  return (await followJob(application, jobId, 'inspect', context)).clips
}

const reasons = (verdicts: readonly ClipVerdict[]): string =>
  verdicts
    .map((clip) => `${basename(clip.fileName)}: ${clip.reason}`)
    .slice(0, 10)
    .join('\n')

function tellVerdicts(terminal: Terminal, verdicts: readonly ClipVerdict[]): void {
  for (const clip of verdicts) {
    terminal.writeAside(
      `${clip.isKept ? 'keep' : 'skip'}  ${formatDuration(clip.durationSec).padStart(6)}  ${clip.fileName}: ${clip.reason}\n`,
    )
  }
}

function tellSummary(terminal: Terminal, options: TrainOptions, singerId: SingerId, summary: TrainingSummary): void {
  if (options.json === true) return terminal.write(`${JSON.stringify({ ok: true, singerId, summary })}\n`)
  const early = summary.stoppedEarly ? ', stopped early because it no longer got better' : ''
  terminal.write(
    `${options.name} can sing: ${summary.stepCount} steps in ${formatDuration(summary.trainingSec)} on ${summary.backend}, ` +
      `best at step ${summary.bestStep} with a held-out loss of ${summary.bestHeldOutLoss.toFixed(4)}${early}.\n`,
  )
}
