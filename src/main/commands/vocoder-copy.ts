import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { readVocoderFile } from '../../shared/formats/vocoder-file.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../shared/networks/source-filter/config.ts'
import { renderExcitation } from '../../shared/vocoder/excitation.ts'
import { analyzeSpectra, atUsualLevel, codeSpectra } from '../../shared/vocoder/features.ts'
import { withEnvelope } from '../../shared/vocoder/sing.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { createScratchFile } from '../files/scratch-file.ts'
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
  const file = readVocoderFile(await readFile(resolve(options.vocoder)))
  if (!file.ok) throw new FailureError(file.failure)
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const { samples, rateHz } = await readSound(resolve(recording))
  if (rateHz < SOURCE_FILTER_RATE_HZ) {
    const message = `“${recording}” has ${rateHz} samples a second; the vocoder sings at ${SOURCE_FILTER_RATE_HZ}.`
    throw new FailureError(failure('audio-rate-low', message, 'Take a recording of 16 kHz or more.'))
  }
  const resample = await createAnalysisResampler(kernels)
  const mono = rateHz === SOURCE_FILTER_RATE_HZ ? samples : resample(samples, rateHz, SOURCE_FILTER_RATE_HZ)
  const leveled = atUsualLevel(mono)
  if (leveled === null) {
    const message = `“${recording}” is silent: every sample is zero.`
    throw new FailureError(failure('audio-silent', message, 'Choose another recording.'))
  }
  const coded = codeSpectra(analyzeSpectra(leveled.x, kernels))
  const ratio = 2 ** (options.semitones / 12)
  const features = { ...coded, f0: coded.f0.map((hz) => hz * ratio) }

  const path = resolve(options.out)
  const scratch = createScratchFile(path)
  const writer = createWavWriter(path, { rateHz: SOURCE_FILTER_RATE_HZ, channelCount: 1, encoding: 'float32' })
  try {
    const sampleCount = mono.length
    const { noise, denoise, seed } = options
    const rendering = { sampleCount, seed, denoise, kernels, ...(noise === undefined ? {} : { noiseGain: noise }) }
    const excitation = renderExcitation(file.value.model, features, rendering)
    for (const piece of withEnvelope(excitation, sampleCount, features, kernels, scratch.openScratch))
      writer.write([piece.map((sample) => sample / leveled.gain)])
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    scratch.close()
  }
}
