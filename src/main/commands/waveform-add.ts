import type { Command } from 'commander'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { findSinger } from './find-singer.ts'
import { hearSets } from './heard-clips.ts'
import { namedFolders } from './named-folders.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import { tellTraining } from './waveform-words.ts'

interface AddOptions {
  readonly to: string
  readonly steps?: number
  readonly seed: number
  readonly consent: string
  readonly json?: boolean
}

const details = `
The folder holds dry recordings of one voice; clips/mira=Mira gives it another name than the folder's. The model of the
singer after "--to" gets one row more, which is learned first, and its decoder is then bent a little; its encoder and
everybody else's rows stay, and so do the files of its other singers. Minutes of clips and of learning will do where the
model knows many voices. Interrupted, it goes on with "understudy waveform resume".

Example:
  understudy waveform add clips/mira --to Tom`

/** One singer more for a model that is trained. */
export function addWaveformAddCommand(waveform: Command, context: CommandContext): void {
  waveform
    .command('add <folder>')
    .description('add a singer to the model of another, without learning it anew')
    .requiredOption('--to <singer>', 'a singer of the model, by name or id')
    .option(
      '--steps <number>',
      'how long it learns; 1,500 if missing, a third of them for the row',
      readWhole(2, 100_000),
    )
    .option('--seed <number>', 'same seed, model and clips, same singer', readSeed, 1)
    .option(
      '--consent <words>',
      'who agreed to what; stored in the singer',
      'Not stated: trained from the command line.',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', details)
    .action((folder: string, options: AddOptions) =>
      context.withApplication((application) => add(application, folder, options, context)),
    )
}

async function add(
  application: Application,
  folder: string,
  options: AddOptions,
  context: CommandContext,
): Promise<void> {
  const { to, steps, seed, consent } = options
  const singer = await findSinger(application, to)
  const [{ name, clipIds }] = await hearSets(application, namedFolders([folder]), options, context)
  const { jobId } = await request(application, 'singer:train', {
    name,
    hueIndex: singer.hueIndex,
    consent,
    clipIds: [...clipIds],
    preset: 'normal',
    method: 'automatic',
    waveform: { size: 'preview', ...(steps === undefined ? {} : { steps }), addedTo: singer.id },
    seed,
  })
  await tellTraining(application, jobId, options, context)
}
