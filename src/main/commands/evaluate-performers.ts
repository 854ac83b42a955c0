import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { WAVENET_RATE_HZ } from '../../shared/networks/wavenet-autoencoder/config.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { requireSamplers } from '../compute/waveform/sampler-of-model.ts'
import type { NetworkSinger } from '../compute/waveform/sing-region.ts'
import { openFastestEngine } from '../evaluation/open-fastest-engine.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { measureTranslation, type HeardDomain } from '../evaluation/translation/measure-translation.ts'
import { formatTranslationReport } from '../evaluation/translation/translation-report.ts'
import { breathe } from '../files/breathe.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { readBetween, readWhole } from './options.ts'

/** Of a measurement of domains of music, or of waveform singers: both draw samples, and are judged alike. */
export interface PerformerOptions {
  readonly audio: readonly string[]
  readonly every: number
  readonly recordings: number
  readonly seconds: number
  readonly temperature: number
  readonly json?: string
}

export interface Performer {
  readonly name: string
  readonly singer: NetworkSinger
}

export const withPerformerOptions = (command: Command): Command =>
  command
    .requiredOption('--audio <folders...>', 'recordings of each, in the same order')
    .option(
      '--every <number>',
      'each so many is given to the others, the rest teaches the judge',
      readWhole(2, 1000),
      3,
    )
    .option('--recordings <number>', 'of each, at the most', readWhole(1, 1000), 5)
    .option('--seconds <number>', 'from the beginning of each', readWhole(1, 600), 4)
    .option('--temperature <number>', 'under 1 the likely becomes likelier', readBetween(0.1, 2), 1)
    .option('--json <file>', 'write everything measured')

/** @param open each by what it was asked for, in order @param what is asked for, in words: “two domains or more” */
export async function evaluatePerformers(
  names: readonly string[],
  open: (name: string) => Promise<Performer>,
  what: string,
  options: PerformerOptions,
  context: CommandContext,
): Promise<void> {
  const { audio, temperature } = options
  if (names.length < 2 || names.length !== audio.length) {
    const message = `Expected ${what}, and a folder for each; found ${names.length} and ${audio.length}.`
    throw new FailureError(failure('request-invalid', message, 'Name a folder of recordings for each.'))
  }
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const resample = await createAnalysisResampler(kernels)
  const heard: HeardDomain[] = []
  for (const [index, name] of names.entries()) {
    const performer = await open(name)
    const sounds: Float32Array[] = []
    for (const path of await clipPaths(audio[index])) {
      const { samples, rateHz } = await readSound(path)
      const sound = rateHz === WAVENET_RATE_HZ ? samples : resample(samples, rateHz, WAVENET_RATE_HZ)
      sounds.push(sound.subarray(0, options.seconds * WAVENET_RATE_HZ))
    }
    const isTranslated = (at: number) => at % options.every === options.every - 1
    heard.push({
      ...performer,
      taught: sounds.filter((_, at) => !isTranslated(at)),
      translated: sounds.filter((_, at) => isTranslated(at)).slice(0, options.recordings),
    })
  }
  const poor = heard.find(({ taught, translated }) => taught.length === 0 || translated.length === 0)
  if (poor !== undefined) {
    const message = `Of ${poor.name} there are ${poor.taught.length + poor.translated.length} recordings, and at least ${options.every} are needed.`
    throw new FailureError(failure('clips-too-few', message, 'Add recordings.'))
  }
  await openFastestEngine(context.paths.enginesFolder)
  context.endAtOnce()
  const modules = requireSamplers(builtKernelsFolder())
  const tools = { resample, kernels, modules, breathe, nowMs: () => performance.now(), temperature }
  const figures = await measureTranslation(heard, tools, (done, of) =>
    context.terminal.writeAside(`translated ${done} of ${of}\n`),
  )
  if (options.json !== undefined) await writeFile(resolve(options.json), `${JSON.stringify(figures, null, 2)}\n`)
  context.terminal.write(formatTranslationReport(figures))
}
