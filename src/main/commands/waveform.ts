import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { waveformSizes, type WaveformSize } from '../../shared/contract/waveform.ts'
import { HUE_COUNT } from '../../shared/project/hues.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { describeEstimate } from './estimate-words.ts'
import { findResting } from './find-resting.ts'
import { hearSets, type Dataset } from './heard-clips.ts'
import { namedFolders } from './named-folders.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import { MOST_SINGERS } from './singer-train.ts'
import { addWaveformAddCommand } from './waveform-add.ts'
import { tellTraining } from './waveform-words.ts'

interface WaveformOptions {
  readonly size: WaveformSize
  readonly steps?: number
  readonly seed: number
  readonly consent: string
  readonly estimate?: boolean
  readonly json?: boolean
}

const details = `
Each folder holds dry recordings of one voice and gives a singer its name; clips/mira=Mira gives it another. All of
them are learned in one network that sings sample by sample, at 16 kHz: what they sing ends at 8 kHz. The smallest size
learns for hours on a processor, the others for days, or hours on a graphics device; "--estimate" says how long and
begins nothing. Ctrl-C throws it away; a training that ended with the program goes on with "understudy waveform resume".

Examples:
  understudy waveform train clips/mira clips/tom --size preview
  understudy waveform train clips/mira clips/tom clips/ann --size paper --estimate
  understudy convert lead.wav --singer mira --temperature 0.9 --out lead-mira.wav`

export function addWaveformCommand(program: Command, context: CommandContext): void {
  const waveform = program
    .command('waveform')
    .description('train, add and resume singers who sing sample by sample, up to 8 kHz')
  waveform
    .command('train <folders...>')
    .description('learn two singers or more in one waveform model, each from a folder of their own')
    .addOption(new Option('--size <size>', 'of the network').choices(waveformSizes).default('preview'))
    .option('--steps <number>', 'how long it learns; its size says otherwise', readWhole(1, 1_000_000))
    .option('--seed <number>', 'same seed and clips, same singers', readSeed, 1)
    .option(
      '--consent <words>',
      'who agreed to what; stored in the singers',
      'Not stated: trained from the command line.',
    )
    .option('--estimate', 'say what every size would take, and begin nothing')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', details)
    .action((folders: readonly string[], options: WaveformOptions) => {
      const datasets = datasetsOf(folders)
      return context.withApplication((application) => train(application, datasets, options, context))
    })
  addWaveformAddCommand(waveform, context)
  waveform
    .command('resume <name>')
    .description('go on with a training of this singer that was paused, failed, or ended with the program')
    .option('--json', 'print the result as JSON')
    .action((name: string, options: Pick<WaveformOptions, 'json'>) =>
      context.withApplication((application) => resume(application, name, options, context)),
    )
}

/** Throws FailureError where they are too few or too many. */
function datasetsOf(folders: readonly string[]): readonly Dataset[] {
  const datasets = namedFolders(folders)
  if (datasets.length >= 2 && datasets.length <= MOST_SINGERS) return datasets
  throw new FailureError(
    failure(
      'request-invalid',
      `A waveform model takes 2 to ${MOST_SINGERS} singers; ${datasets.length} ${datasets.length === 1 ? 'is' : 'are'} named.`,
      'Give a folder for each: its encoder learns to leave out who sings by hearing several.',
    ),
  )
}

async function train(
  application: Application,
  datasets: readonly Dataset[],
  options: WaveformOptions,
  context: CommandContext,
): Promise<void> {
  const { size, steps, seed, consent, json } = options
  const sets = await hearSets(application, datasets, options, context)
  const ofSteps = steps === undefined ? {} : { steps }
  const estimate = await request(application, 'singer:estimateWaveform', {
    clipIds: sets.map(({ clipIds }) => [...clipIds]),
    ...ofSteps,
  })
  if (options.estimate === true) {
    const told = waveformSizes.map((one) => describeEstimate({ ...estimate, ...estimate.sizes[one] }, one)).join('')
    return context.terminal.write(json === true ? `${JSON.stringify(estimate)}\n` : told)
  }
  if (json !== true) context.terminal.writeAside(describeEstimate({ ...estimate, ...estimate.sizes[size] }, size))
  const [own, ...beside] = sets.map(({ name, clipIds }, index) => ({
    name,
    hueIndex: index % HUE_COUNT,
    consent,
    clipIds: [...clipIds],
  }))
  const { jobId } = await request(application, 'singer:train', {
    ...own,
    beside,
    preset: 'normal',
    method: 'joint',
    waveform: { size, ...ofSteps },
    seed,
  })
  await tellTraining(application, jobId, options, context)
}

async function resume(
  application: Application,
  name: string,
  options: Pick<WaveformOptions, 'json'>,
  context: CommandContext,
): Promise<void> {
  const { id } = await findResting(application, name, {
    methods: ['waveform'],
    what: 'a waveform model with',
    command: 'waveform train',
  })
  await request(application, 'jobs:resume', { jobId: id })
  await tellTraining(application, id, options, context)
}
