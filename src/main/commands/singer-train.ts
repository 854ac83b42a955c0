import { InvalidArgumentError, Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { TrainingSummary } from '../../shared/contract/jobs.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import { HUE_COUNT } from '../../shared/project/hues.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { hearSets, type Dataset } from './heard-clips.ts'
import { readBetween, readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import type { Terminal } from './terminal.ts'
import { describeTraining } from './training-words.ts'

interface TrainOptions {
  readonly name?: string
  readonly clips?: string
  readonly jointly?: readonly Dataset[]
  readonly preset: TrainingPreset
  readonly method?: AskedMethod
  readonly fromScratch?: boolean
  readonly confusion: number
  readonly backTranslation: number
  readonly reversed: number
  readonly seed: number
  readonly hue: number
  readonly consent: string
  readonly json?: boolean
}

export const MOST_SINGERS = 8

const examples = `
Examples:
  understudy singer train --name Mira --clips clips/mira
  understudy singer train --name Mira --clips clips/mira --method scratch --preset long
  understudy singer train --jointly Mira=clips/mira Tom=clips/tom
                                                    one network for both, a singer file each
  understudy singer train --jointly Mira=clips/mira Tom=clips/tom --method automatic
                                                    each enrolled too; the better is kept for each

What "automatic" chooses, and by which figures, is told at the end and stands in the singer's card.`

export function addSingerTrainCommand(singer: Command, context: CommandContext): void {
  singer
    .command('train')
    .description('learn a singer from clips of their voice, or several singers together')
    .option('--name <name>', 'what the singer is called')
    .option('--clips <folder>', 'folder with dry recordings of that one voice')
    .option(
      '--jointly <singer=folder...>',
      'several singers in one training, each with a folder of their own',
      readDataset,
    )
    .addOption(
      new Option('--preset <preset>', 'how long to learn').choices(['quick', 'normal', 'long']).default('quick'),
    )
    .addOption(
      new Option(
        '--method <method>',
        'automatic: what is better on phrases held back; enroll: into the shipped base; scratch: from these clips alone',
      ).choices(['automatic', 'enroll', 'scratch']),
    )
    .option('--from-scratch', 'the same as --method scratch')
    .option(
      '--confusion <weight>',
      'with --jointly: a classifier keeps who sings out of the words',
      readBetween(0, 10),
      0,
    )
    .option('--back-translation <share>', 'with --jointly: of what mixed voices sang first', readBetween(0, 1), 0)
    .option('--reversed <share>', 'with --jointly: of what runs backwards', readBetween(0, 1), 0)
    .option('--seed <number>', 'same seed and clips, same singer', readSeed, 1)
    .option('--hue <number>', 'color in the window, 0…7', readWhole(0, 7), 0)
    .option(
      '--consent <words>',
      'who agreed to what; stored in the singer',
      'Not stated: trained from the command line.',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action((options: TrainOptions) => {
      const datasets = datasetsOf(options)
      return context.withApplication((application) => train(application, datasets, options, context))
    })
}

function readDataset(text: string, before: readonly Dataset[] = []): readonly Dataset[] {
  const at = text.indexOf('=')
  const [name, folder] = [text.slice(0, at).trim(), text.slice(at + 1)]
  if (at < 0 || name === '' || folder === '') throw new InvalidArgumentError('Expected Name=FOLDER.')
  return [...before, { name, folder }]
}

/** Throws FailureError where the options say too little, or two things at once. */
function datasetsOf({ name, clips, jointly, method, fromScratch }: TrainOptions): readonly Dataset[] {
  const isAlone = name !== undefined || clips !== undefined
  if (fromScratch === true && method !== undefined && method !== 'scratch') {
    throw misused(`--from-scratch and --method ${method} ask for two different things.`, 'Leave one of them out.')
  }
  if (jointly === undefined) {
    if (name !== undefined && clips !== undefined) return [{ name, folder: clips }]
    throw misused('A singer needs --name and --clips.', 'Or name several: --jointly Mira=clips/mira Tom=clips/tom.')
  }
  if (isAlone) throw misused('--name and --clips are for one singer, --jointly for several.', 'Leave one of them out.')
  if (jointly.length < 2 || jointly.length > MOST_SINGERS) {
    throw misused(`--jointly takes 2 to ${MOST_SINGERS} singers; it names ${jointly.length}.`, 'Name others.')
  }
  if (fromScratch === true || method === 'scratch' || method === 'enroll') {
    throw misused('Singers who learn jointly begin from nothing together.', 'Take --method automatic, or leave it out.')
  }
  return jointly
}

async function train(
  application: Application,
  datasets: readonly Dataset[],
  options: TrainOptions,
  context: CommandContext,
): Promise<void> {
  const sets = await hearSets(application, datasets, options, context)
  const method = options.fromScratch === true ? 'scratch' : (options.method ?? methodOf(datasets))
  const { preset, seed, consent } = options
  const [own, ...beside] = sets.map(({ name, clipIds }, index) => ({
    name,
    hueIndex: (options.hue + index) % HUE_COUNT,
    consent,
    clipIds: [...clipIds],
  }))
  const { jobId, singerId, besideIds } = await request(application, 'singer:train', {
    ...own,
    ...(beside.length === 0 ? {} : { beside }),
    preset,
    method,
    ...publishedOf(options),
    seed,
  })
  const { summary } = await followJob(application, jobId, 'train', context)
  tellSummary(context.terminal, options, own.name, [singerId, ...besideIds], summary)
}

/** Parts of the published training; none where nobody asked for any. */
const publishedOf = ({ confusion, backTranslation, reversed }: TrainOptions) =>
  confusion + backTranslation + reversed === 0
    ? {}
    : { published: { confusionWeight: confusion, backTranslationShare: backTranslation, reversedShare: reversed } }

const methodOf = (datasets: readonly Dataset[]): AskedMethod => (datasets.length > 1 ? 'joint' : 'automatic')

function tellSummary(
  terminal: Terminal,
  options: TrainOptions,
  name: string,
  singerIds: readonly SingerId[],
  summary: TrainingSummary,
): void {
  if (options.json !== true) return terminal.write(describeTraining(name, summary))
  const [singerId, ...besideIds] = singerIds
  const several = besideIds.length === 0 ? {} : { besideIds }
  terminal.write(`${JSON.stringify({ ok: true, singerId, ...several, summary })}\n`)
}

const misused = (message: string, remedy: string) => new FailureError(failure('request-invalid', message, remedy))
