import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Command } from 'commander'
import type { VocoderFile } from '../../shared/formats/vocoder-file.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { loadVocoderFile, shippedVocoderFolders, shippedVocoderPath } from '../compute/models/vocoder-store.ts'
import { findSpeakers, mergeSpeakers, ofKind, type Speaker } from '../evaluation/speakers.ts'
import { measureVocoders } from '../evaluation/vocoders/measure-vocoders.ts'
import { plainRenderers, trainedRenderer } from '../evaluation/vocoders/renderers.ts'
import { formatVocoderReport } from '../evaluation/vocoders/vocoder-report.ts'
import type { CommandContext } from './command-context.ts'
import { readBetween, readWhole } from './options.ts'

interface VocoderOptions {
  readonly audio: readonly string[]
  readonly vocoders?: readonly string[]
  readonly people?: readonly string[]
  readonly kind: string
  readonly recordings: number
  readonly seconds: number
  readonly noise?: number
  readonly denoise: number
  readonly json?: string
}

const examples = `
Copies recordings from their own features with every renderer that there is: WORLD from all that it analyzed and from
coded features, a source without a network, the recording’s own excitation as a bound, the vocoders that come with the
program, and those that are named. Where the folders hold people whom the named vocoders held out, or without any the
program’s own, only these are heard: whoever was learned from proves nothing.

Examples:
  understudy evaluate vocoders --audio recordings
  understudy evaluate vocoders --audio recordings --vocoders mine.vocoder --json figures.json`

/** How far copies by every renderer are from recordings. */
export function addEvaluateVocodersCommand(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('vocoders')
    .description('measure what turns features into sound: WORLD, a source without a network, trained vocoders')
    .requiredOption('--audio <folders...>', 'recordings of several people, a subfolder each, or a manifest.json')
    .option('--vocoders <files...>', 'trained vocoders (.vocoder) to be measured beside the program’s own')
    .option('--people <names...>', 'only these are heard')
    .option('--kind <kind>', 'only what manifest.json calls so, such as sung', '')
    .option('--recordings <number>', 'of each person', readWhole(1, 1000), 3)
    .option('--seconds <number>', 'from the beginning of each', readWhole(1, 600), 4)
    .option(
      '--noise <gain>',
      'how loud the noise is that drives trained vocoders; missing, as usual of their kind',
      readBetween(0, 2),
    )
    .option(
      '--denoise <strength>',
      'take off so much of what flows hum while they are told nothing',
      readBetween(0, 4),
      0,
    )
    .option('--json <file>', 'write everything measured')
    .addHelpText('after', examples)
    .action((options: VocoderOptions) => evaluateVocoders(options, context))
}

async function evaluateVocoders(
  options: VocoderOptions,
  { terminal, paths, endAtOnce }: CommandContext,
): Promise<void> {
  endAtOnce()
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const resample = await createAnalysisResampler(kernels)
  const shipped = shippedVocoderFolders(paths.modelsFolder).map((folder) => {
    const file = loadVocoderFile(shippedVocoderPath(folder))
    return { ...file, name: file.model.network }
  })
  const named = (options.vocoders ?? []).map((path) => ({
    ...loadVocoderFile(resolve(path)),
    name: basename(path, '.vocoder'),
  }))
  const all = ofKind(mergeSpeakers(options.audio.flatMap((folder) => findSpeakers(resolve(folder)))), options.kind)
  const { noise: noiseGain, denoise } = options
  const draw = { denoise, ...(noiseGain !== undefined && { noiseGain }) }
  const report = await measureVocoders(
    {
      speakers: heardSpeakers(all, named.length > 0 ? named : shipped, options),
      recordingsEach: options.recordings,
      secondsEach: options.seconds,
      renderers: [
        ...plainRenderers(kernels),
        ...[...shipped, ...named].map(({ name, model }) => trainedRenderer(name, model, draw, kernels)),
      ],
    },
    { resample, kernels, tell: (line) => terminal.writeAside(`${line}\n`) },
  )
  terminal.write(formatVocoderReport(report))
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
}

/** Those who were named, else those whom all these vocoders held out, where the folders have them, else everybody. */
function heardSpeakers(
  all: readonly Speaker[],
  vocoders: readonly VocoderFile[],
  { people }: VocoderOptions,
): readonly Speaker[] {
  if (people !== undefined) return all.filter(({ name }) => people.includes(name))
  const heldOut = all.filter(({ name }) => vocoders.every(({ card }) => card.heldOutPeople.includes(name)))
  return vocoders.length > 0 && heldOut.length > 0 ? heldOut : all
}
