import { resolve } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { silentProgress } from '../../shared/base/progress.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../shared/networks/source-filter/config.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { copySynthesis } from '../compute/copy-synthesis.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { loadVocoder } from '../compute/models/vocoder-store.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { createWavWriter } from '../files/wav-file.ts'
import type { CommandContext } from './command-context.ts'
import { readBetween, readSeed } from './options.ts'

interface CopyOptions {
  readonly vocoder: string
  readonly out: string
  readonly semitones: number
  readonly noise?: number
  readonly denoise: number
  readonly seed: number
}

const details = `
What is heard is the vocoder alone: the recording is analyzed, coded, and sung again from that. Mono, at 16 kHz: the band
above 8 kHz is gone. A checkpoint of a training is such a file, too.

Example:
  understudy vocoder copy lead.wav --vocoder mine.vocoder --out copy.wav
  understudy vocoder copy lead.wav --vocoder mine.vocoder --semitones 3 --out higher.wav`

/** Hearing what a vocoder makes of a recording. */
export function addVocoderCopyCommand(vocoder: Command, context: CommandContext): void {
  vocoder
    .command('copy <recording>')
    .description('sing a recording again from its own features, to be heard beside it')
    .requiredOption('--vocoder <file>', 'a trained vocoder (.vocoder)')
    .requiredOption('--out <file>', 'WAV to be written')
    .option('--semitones <number>', 'sing so much higher, or lower below 0, formants kept', readBetween(-24, 24), 0)
    .option('--noise <gain>', 'how loud the noise is that drives it; missing, as usual of its kind', readBetween(0, 2))
    .option(
      '--denoise <strength>',
      'take off so much of what a flow hums while it is told nothing',
      readBetween(0, 4),
      0,
    )
    .option('--seed <number>', 'same seed, same noise', readSeed, 1)
    .addHelpText('after', details)
    .action((recording: string, options: CopyOptions) => copyRecording(recording, options, context))
}

async function copyRecording(recording: string, options: CopyOptions, { endAtOnce }: CommandContext): Promise<void> {
  endAtOnce()
  const model = loadVocoder(resolve(options.vocoder))
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const { samples, rateHz } = await readSound(resolve(recording))
  if (rateHz < SOURCE_FILTER_RATE_HZ) {
    const message = `“${recording}” has ${rateHz} samples a second; the vocoder sings at ${SOURCE_FILTER_RATE_HZ}.`
    throw new FailureError(failure('audio-rate-low', message, 'Take a recording of 16 kHz or more.'))
  }
  const resample = await createAnalysisResampler(kernels)
  const path = resolve(options.out)
  const { semitones, denoise, seed, noise: noiseGain } = options
  const copy = {
    ...{ name: `“${recording}”`, mono: samples, rateHz, semitones, denoise, seed },
    ...(noiseGain !== undefined && { noiseGain }),
  }
  const tools = { kernels, resample, progress: silentProgress }
  const writer = createWavWriter(path, { rateHz: SOURCE_FILTER_RATE_HZ, channelCount: 1, encoding: 'float32' })
  try {
    for (const piece of copySynthesis(model, copy, tools, path)) writer.write([piece])
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  }
}
