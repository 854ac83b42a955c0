import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Progress } from '../../shared/base/progress.ts'
import { sourceOf } from '../../shared/conversion/sound.ts'
import type { DomainFile } from '../../shared/formats/domain-file.ts'
import { WAVENET_RATE_HZ } from '../../shared/networks/wavenet-autoencoder/config.ts'
import { formatDuration } from '../../shared/units/time.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { loadDomain } from '../compute/models/domain-store.ts'
import { translateSound } from '../compute/translation/translate-sound.ts'
import type { LatentBlend } from '../compute/waveform/blended-latents.ts'
import { requireSamplers } from '../compute/waveform/sampler-of-model.ts'
import { openFastestEngine } from '../evaluation/open-fastest-engine.ts'
import { readChannels } from '../evaluation/read-sound.ts'
import { breathe } from '../files/breathe.ts'
import { markingWriter } from '../files/marking-writer.ts'
import { createScratchFile } from '../files/scratch-file.ts'
import { createWavWriter } from '../files/wav-file.ts'
import type { CommandContext } from './command-context.ts'
import { findDomain } from './find-domain.ts'
import { readBetween, readLatentBlend, readSeed, type NamedBlend } from './options.ts'
import { soundEncoding, soundMark } from './performance-options.ts'
import { createProgressDisplay } from './progress-display.ts'
import { request } from './request.ts'
import type { SoundEncoding } from './write-sound.ts'

interface TranslateOptions {
  readonly domain: string
  readonly out: string
  readonly temperature: number
  readonly seed: number
  readonly encoding: SoundEncoding
  readonly mark?: boolean
  readonly blend?: NamedBlend
  readonly json?: boolean
}

const details = `
The domain is one of the library ("understudy domain list") or a .domain file. What comes out has exactly as many
samples as what went in, at its rate and in as many channels, all of them alike; it is played at 16 kHz, so nothing
above 8 kHz is heard. How long it takes is said before it begins.

"--blend" is an experiment: what the domain's encoder hears of the file is mixed with what it hears of another
recording, in so many parts, or over the file's length from one share to another. Level and, where the domain was told
it, melody stay the file's.

Example:
  understudy translate hum.wav --domain Violin --out violin.wav
  understudy translate hum.wav --domain Violin --blend flute.wav:0-1 --out both.wav`

/** Hears any music and plays it as a trained domain would. */
export function addTranslateCommand(program: Command, context: CommandContext): void {
  program
    .command('translate <file>')
    .description('play a recording anew as a domain of music that was trained')
    .requiredOption('--domain <name>', 'of the library, or a .domain file')
    .requiredOption('--out <file.wav>', 'where the result goes')
    .option('--temperature <number>', 'under 1 the likely becomes likelier', readBetween(0.1, 2), 1)
    .option('--seed <number>', 'same seed, same sound', readSeed, 1)
    .option('--blend <file:share>', 'experiment: another recording mixed in, such as "flute.wav:0.5"', readLatentBlend)
    .addOption(soundEncoding())
    .addOption(soundMark())
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', details)
    .action((file: string, options: TranslateOptions) => translate(file, options, context))
}

async function translate(file: string, options: TranslateOptions, context: CommandContext): Promise<void> {
  const { terminal, interruption } = context
  const { model, card } = await openDomain(options.domain, context)
  const { channels, rateHz } = await readChannels(resolve(file))
  const [{ length: durationSamples }] = channels
  const blend = options.blend && (await openBlend(options.blend))
  const kernelsFolder = builtKernelsFolder()
  const kernels = loadKernelsWithCrew(kernelsFolder, () => {})
  const modules = requireSamplers(kernelsFolder)
  await openFastestEngine(context.paths.enginesFolder)

  const out = resolve(options.out)
  const scratch = createScratchFile(out)
  const plain = createWavWriter(out, { rateHz, channelCount: channels.length, encoding: options.encoding })
  const writer = options.mark === true ? markingWriter(plain, rateHz, channels.length) : plain
  const display = createProgressDisplay(terminal)
  const startMs = performance.now()
  const durationSec = durationSamples / rateHz
  let estimatedSec: number | null = null
  let estimatedAtMs: number | null = null
  const progress: Progress = {
    report(fraction, phase = '') {
      if (options.json === true) return
      const remainingSec = estimatedSec === null ? null : (1 - fraction) * estimatedSec
      display.show({ fraction, phase, title: `Translating into ${card.name}`, remainingSec })
    },
    get isCancelled() {
      return interruption.aborted
    },
  }
  try {
    const tools = {
      resample: await createAnalysisResampler(kernels),
      kernels,
      openScratch: scratch.openScratch,
      modules,
      breathe,
      nowMs: () => performance.now(),
      onEstimate(sec: number) {
        estimatedSec = sec
        estimatedAtMs = performance.now()
        if (options.json === true) return
        terminal.writeAside(`${durationSec.toFixed(1)} s into ${card.name}: about ${formatDuration(Math.ceil(sec))}\n`)
      },
    }
    const asked = { seed: options.seed, temperature: options.temperature }
    const wish = { model, performance: asked, ...(blend && { blend }) }
    await translateSound(sourceOf(channels, rateHz), wish, writer, tools, progress)
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    display.end()
    scratch.close()
  }
  const sec = (performance.now() - startMs) / 1000
  // What the estimate spoke of; reading the sound and its pitch came before.
  const playedSec = estimatedAtMs === null ? null : (performance.now() - estimatedAtMs) / 1000
  const times = { estimatedSec, playedSec, sec }
  const told = { ok: true, out, domain: card.name, rateHz, channelCount: channels.length, durationSamples, ...times }
  const bandLimitHz = WAVENET_RATE_HZ / 2
  terminal.write(
    options.json === true
      ? `${JSON.stringify({ ...told, bandLimitHz })}\n`
      : `${options.out}: ${durationSec.toFixed(2)} s as ${card.name}, up to ${bandLimitHz / 1000} kHz, in ${sec.toFixed(1)} s.\n`,
  )
}

async function openBlend({ path, fromShare, toShare }: NamedBlend): Promise<LatentBlend> {
  const { channels, rateHz } = await readChannels(resolve(path))
  return { source: sourceOf(channels, rateHz), fromShare, toShare }
}

/** A file that is named as one, or a domain of the library. */
export async function openDomain(domain: string, context: CommandContext): Promise<DomainFile> {
  if (extname(domain) === '.domain') return loadDomain(resolve(domain))
  return context.withApplication(async (application) => {
    const { id } = await findDomain(application, domain)
    const folder = await mkdtemp(join(tmpdir(), 'understudy-domain-'))
    try {
      return loadDomain((await request(application, 'domain:export', { domainId: id, path: join(folder, 'its') })).path)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}
