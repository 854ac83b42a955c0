import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import { learningMethods } from '../../shared/contract/named-training.ts'
import {
  vocoderNetworks,
  vocoderNetworkSizes,
  type VocoderNetwork,
  type TrainedVocoder,
  type VocoderSize,
  type VocoderTeacherAsked,
  type VocoderTrainSummary,
} from '../../shared/contract/vocoders.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { readTeacher, requireTeacher } from '../compute/training/vocoder/vocoder-teacher.ts'
import { findSpeakers } from '../evaluation/speakers.ts'
import { checkedRecordings } from './checked-recordings.ts'
import type { CommandContext } from './command-context.ts'
import { describeEstimate } from './estimate-words.ts'
import { findResting } from './find-resting.ts'
import { followJob } from './follow-job.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'
import { addVocoderCopyCommand } from './vocoder-copy.ts'

interface TrainOptions {
  readonly name: string
  readonly kind: VocoderNetwork
  readonly size: VocoderSize
  readonly teacher?: string
  readonly steps?: number
  readonly seed: number
  readonly licence: string
  readonly json?: boolean
}

const details = `
The folder holds a folder for each person, or a manifest.json that names them; from four people on one of eight is held
out, and tells how it goes with people who were never heard. Recordings of 16 kHz and more, spoken and sung, the more
people the better. It learns for hours, and goes on after a restart.

A source-filter network is driven by pulses of the pitch and noise, and is the better one after a short training; a flow
makes everything of noise by exact likelihood, learns slower and is noisier; a WaveNet makes one sample after the other from those
before it, by exact likelihood too. A parallel WaveNet is the student of a
trained WaveNet: it makes all samples at once of noise, as its teacher would have sung them.

Examples:
  understudy vocoder train people/ --name Mine
  understudy vocoder train people/ --name Flow --kind flow
  understudy vocoder train people/ --name Wave --kind wavenet
  understudy vocoder train people/ --name Quick --kind parallel-wavenet --teacher Wave
  understudy vocoder export Mine mine.vocoder
  understudy evaluate vocoders --audio people/ --vocoders mine.vocoder`

/** Vocoders that a person trains: what turns a voice's features into sound. */
export function addVocoderCommand(program: Command, context: CommandContext): void {
  const vocoder = program.command('vocoder').description('train, resume, list, export and hear vocoders')
  addVocoderCopyCommand(vocoder, context)
  vocoder
    .command('train <folder>')
    .description('learn a vocoder from recordings of people')
    .requiredOption('--name <name>', 'what it is called')
    .addOption(new Option('--kind <kind>', 'what it is').choices(vocoderNetworks).default('source-filter'))
    .addOption(new Option('--size <size>', 'of the network').choices(vocoderNetworkSizes).default('compact'))
    .option('--teacher <file or name>', 'the trained vocoder whose student it is; only some kinds have one')
    .option('--steps <number>', 'how long it learns; its size says otherwise', readWhole(1, 10_000_000))
    .option('--seed <number>', 'same seed and recordings, same vocoder', readSeed, 1)
    .option('--licence <words>', 'what may be done with it; stored in it', 'Not stated.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', details)
    .action((folder: string, options: TrainOptions) =>
      context.withApplication((application) => train(application, folder, options, context)),
    )
  vocoder
    .command('resume <name>')
    .description('go on with a training that was paused, or that ended with the program')
    .option('--json', 'print the result as JSON')
    .action((name: string, { json }: Pick<TrainOptions, 'json'>) =>
      context.withApplication(async (application) => {
        const { id } = await findResting(application, name, {
          methods: learningMethods.vocoder,
          what: 'a vocoder',
          command: 'vocoder train',
        })
        await request(application, 'jobs:resume', { jobId: id })
        await tell(application, id, { name, ...(json === undefined ? {} : { json }) }, context)
      }),
    )
  vocoder
    .command('list')
    .description('every vocoder of the library')
    .option('--json', 'print JSON')
    .action(({ json }: Pick<TrainOptions, 'json'>) =>
      context.withApplication(async (application) => {
        const found = await request(application, 'vocoder:list', {})
        context.terminal.write(json === true ? `${JSON.stringify(found)}\n` : listing(found))
      }),
    )
  vocoder
    .command('export <name> <file>')
    .description('write a vocoder with its card to a .vocoder file')
    .action((name: string, file: string) =>
      context.withApplication(async (application) => {
        const { id } = await findVocoder(application, name)
        const { path } = await request(application, 'vocoder:export', { vocoderId: id, path: resolve(file) })
        context.terminal.write(`${path}\n`)
      }),
    )
}

async function train(
  application: Application,
  folder: string,
  { name, kind, size, teacher, steps, seed, licence, json }: TrainOptions,
  context: CommandContext,
): Promise<void> {
  const named = await findTeacher(application, kind, teacher)
  const recordings = findSpeakers(resolve(folder)).flatMap(({ name: person, files }) =>
    files.map(({ path }) => ({ path: basename(path), absolutePath: path, person })),
  )
  const kept = await checkedRecordings(application, recordings, json === undefined ? {} : { json }, context)
  const asked = {
    name,
    recordings: kept.map(({ clipId, path, person }) => ({ clipId, fileName: path, person })),
    network: kind,
    size,
    ...(named !== null && { teacher: named }),
    ...(steps === undefined ? {} : { steps }),
    licence,
    trainedOn: `${kept.length} recordings of one's own`,
    seed,
  }
  const estimate = await request(application, 'vocoder:estimateTraining', asked)
  const learned = `${formatDuration(estimate.recordedSec)} of ${people(estimate.personCount)}`
  if (json !== true) context.terminal.writeAside(describeEstimate(estimate, learned))
  const { jobId } = await request(application, 'vocoder:train', asked)
  await tell(application, jobId, { name, ...(json === undefined ? {} : { json }) }, context)
}

/** A file, or a vocoder of the library by name or id; told now, since checking recordings takes long. Throws FailureError. */
async function findTeacher(
  application: Application,
  kind: VocoderNetwork,
  fileOrName: string | undefined,
): Promise<VocoderTeacherAsked | null> {
  if (fileOrName === undefined) {
    requireTeacher(kind, null)
    return null
  }
  const path = resolve(fileOrName)
  if (existsSync(path)) {
    readTeacher(kind, path)
    return { kind: 'path', path }
  }
  const found = await findVocoder(application, fileOrName)
  requireTeacher(kind, found)
  return { kind: 'vocoder', vocoderId: found.id }
}

/** Follows a training to its end and says what it came to. */
async function tell(
  application: Application,
  jobId: JobId,
  { name, json }: Pick<TrainOptions, 'name' | 'json'>,
  context: CommandContext,
): Promise<void> {
  const { vocoderId, summary } = await followJob(application, jobId, 'train-vocoder', context)
  if (json === true) context.terminal.write(`${JSON.stringify({ ok: true, vocoderId, summary })}\n`)
  else context.terminal.write(describeSummary(name, summary))
}

/** By name or id, in whatever case. Throws FailureError `not-found`. */
export async function findVocoder(application: Application, name: string): Promise<TrainedVocoder> {
  const all = await request(application, 'vocoder:list', {})
  const wanted = name.trim().toLowerCase()
  const found = all.find((one) => one.id === wanted || one.name.toLowerCase() === wanted)
  if (found !== undefined) return found
  const known = all.map((one) => one.name).join(', ')
  throw new FailureError(
    failure('not-found', `There is no vocoder “${name}”.`, known === '' ? 'Train one.' : `There are: ${known}.`),
  )
}

function describeSummary(name: string, summary: VocoderTrainSummary): string {
  const { stepCount, bestStep, trainingSec, backend, personCount, heldOutPeople, heldOutLoss } = summary
  const judged =
    heldOutLoss === null
      ? 'too few people to hold one out'
      : `loss ${heldOutLoss.toFixed(3)} on ${heldOutPeople.join(', ')}, who were held out`
  return (
    `${name} learned ${people(personCount)}: ${stepCount} steps in ${formatDuration(trainingSec)} on ${backend}, best at step ${bestStep}; ${judged}.\n` +
    'How it compares with WORLD: understudy evaluate vocoders\n'
  )
}

function listing(vocoders: readonly TrainedVocoder[]): string {
  if (vocoders.length === 0) return 'No vocoders yet. Train one: understudy vocoder train FOLDER --name NAME\n'
  const rows = vocoders.map(({ id, name, network, teacher, recordedSec, personCount, steps, heldOutLoss }) => [
    name,
    teacher === undefined ? network : `${network} of ${teacher.name}`,
    `${formatDuration(recordedSec)} of ${people(personCount)}`,
    `${steps} steps`,
    heldOutLoss === null ? '–' : heldOutLoss.toFixed(3),
    id,
  ])
  return table([['NAME', 'KIND', 'LEARNED FROM', 'LEARNED', 'HELD-OUT LOSS', 'ID'], ...rows])
}

const people = (count: number): string => (count === 1 ? 'one person' : `${count} people`)
