import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type {
  EmotionMethod,
  EmotionSize,
  EmotionTrainingPlan,
  EmotionTrainSummary,
  LabeledRecording,
} from '../../shared/contract/emotions.ts'
import { learningMethods } from '../../shared/contract/named-training.ts'
import { labelChecks } from '../../shared/training/label-checks.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { readDataset } from '../compute/clips/labeled-folder.ts'
import { checkedRecordings } from './checked-recordings.ts'
import type { CommandContext } from './command-context.ts'
import { describeEstimate } from './estimate-words.ts'
import { findResting } from './find-resting.ts'
import { followJob } from './follow-job.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'

interface EmotionTrainOptions {
  readonly name: string
  readonly method?: EmotionMethod
  readonly size?: EmotionSize
  readonly steps?: number
  readonly seed: number
  readonly emotions?: readonly string[]
  readonly licence: string
  readonly json?: boolean
}

const details = `
The folder holds a folder for each emotion (and in it one for each person, if you like), or a table.csv with the
columns file, emotion and person, or recordings named as EmoDB's (03a01Fa.wav) or RAVDESS's
(03-01-05-02-01-02-12.wav).

Statistics hold how emotional clips of a person differ from neutral ones of the same person: neutral and at least one
other emotion, two clips of each by somebody. A network (relgan) needs at least three emotions with two clips each,
neutral among them if there is one; it learns for hours.

Examples:
  understudy emotion train emotional-clips/ --name Moods
  understudy emotion train emotional-clips/ --name Moods --method relgan --size compact`

export function addEmotionTrainCommand(emotion: Command, context: CommandContext): void {
  emotion
    .command('train <folder>')
    .description('learn an emotion model from labeled clips')
    .requiredOption('--name <name>', 'what the model is called')
    .addOption(
      new Option(
        '--method <method>',
        'what learns; statistics where no network is asked for by its size or steps',
      ).choices(['statistics', 'relgan']),
    )
    .addOption(new Option('--size <size>', 'of the network; compact if not said').choices(['compact', 'paper']))
    .option('--steps <number>', 'how long a network learns; its size says otherwise', readWhole(1, 1_000_000))
    .option('--seed <number>', 'same seed and clips, same model', readSeed, 1)
    .option('--emotions <names...>', 'learn these; a clip with any other label is refused as mislabeled')
    .option('--licence <words>', 'what may be done with the model; stored in it', 'Not stated.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', details)
    .action((folder: string, options: EmotionTrainOptions) =>
      context.withApplication((application) => train(application, folder, options, context)),
    )
  emotion
    .command('resume <name>')
    .description('go on with a training that was paused, or that ended with the program')
    .option('--json', 'print the result as JSON')
    .action((name: string, options: Pick<EmotionTrainOptions, 'json'>) =>
      context.withApplication((application) => resume(application, name, options, context)),
    )
}

async function resume(
  application: Application,
  name: string,
  options: Pick<EmotionTrainOptions, 'json'>,
  context: CommandContext,
): Promise<void> {
  const { id } = await findResting(application, name, {
    methods: learningMethods.emotion,
    what: 'an emotion model',
    command: 'emotion train',
  })
  await request(application, 'jobs:resume', { jobId: id })
  await tell(application, id, { name, ...options }, context)
}

async function train(
  application: Application,
  folder: string,
  options: EmotionTrainOptions,
  context: CommandContext,
): Promise<void> {
  const plan = planOf(options)
  const recordings = await readDataset(folder)
  // Before anything is heard: minutes of checking would only find the same.
  refuseBad(recordings, plan, options)
  const kept = await checkedRecordings(application, recordings, options, context)
  refuseBad(kept, plan, options)
  const clipIds = kept.map(({ clipId }) => clipId)
  const estimate = await request(application, 'emotion:estimateTraining', { clipIds, plan })
  if (options.json !== true) context.terminal.writeAside(describeEstimate(estimate))
  const { jobId } = await request(application, 'emotion:train', {
    name: options.name,
    clips: kept.map(({ clipId, path, emotion, person }) => ({ clipId, fileName: path, emotion, person })),
    ...(options.emotions === undefined ? {} : { emotions: [...options.emotions] }),
    licence: options.licence,
    trainedOn: `${kept.length} clips of one's own`,
    plan,
    seed: options.seed,
  })
  await tell(application, jobId, options, context)
}

/** Follows a training to its end and says what it came to. */
async function tell(
  application: Application,
  jobId: JobId,
  { name, json }: Pick<EmotionTrainOptions, 'name' | 'json'>,
  context: CommandContext,
): Promise<void> {
  const { modelId, summary } = await followJob(application, jobId, 'train-emotions', context)
  if (json === true) context.terminal.write(`${JSON.stringify({ ok: true, modelId, summary })}\n`)
  else context.terminal.write(describeSummary(name, summary))
}

/** Who asks for a size or for steps asks for a network. */
function planOf({ method, size, steps }: EmotionTrainOptions): EmotionTrainingPlan {
  const isNetworkAsked = size !== undefined || steps !== undefined
  if (method === 'statistics' && isNetworkAsked) {
    const message = 'Statistics have no size and take no steps.'
    throw new FailureError(
      failure('request-invalid', message, 'Leave --size and --steps out, or take --method relgan.'),
    )
  }
  if (method === 'statistics' || (method === undefined && !isNetworkAsked)) return { method: 'statistics' }
  return { method: 'relgan', size: size ?? 'compact', ...(steps === undefined ? {} : { steps }) }
}

function refuseBad(
  recordings: readonly LabeledRecording[],
  { method }: EmotionTrainingPlan,
  { emotions }: EmotionTrainOptions,
): void {
  const checked = labelChecks[method](recordings, emotions ?? null)
  if (!checked.ok) throw new FailureError(checked.failure)
}

function describeSummary(name: string, summary: EmotionTrainSummary): string {
  const { clipCount, personCount, emotions, trainingSec } = summary
  const people = personCount === 1 ? 'one person' : `${personCount} people`
  const known = `${name} knows ${emotions.join(', ')} from ${clipCount} clips of ${people}: `
  if (summary.method === 'statistics') {
    return `${known}statistics in ${formatDuration(trainingSec)}; none was held out; "understudy evaluate emotion" measures on people whom nothing was learned from.\n`
  }
  const { stepCount, bestStep, backend, heldOut } = summary
  const judged =
    heldOut === null
      ? 'too few clips to hold any out'
      : `on clips held out the wanted emotion is ${percent(heldOut.wanted)} probable to a judge that gives real clips ${percent(heldOut.real)}`
  return `${known}${stepCount} steps in ${formatDuration(trainingSec)} on ${backend}, best at step ${bestStep}; ${judged}.\n`
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
