import { resolve } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { createRandom } from '../../shared/base/random.ts'
import { mintId, type RegionId } from '../../shared/base/id.ts'
import type { ConversionReport } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import {
  defaultPerformance,
  type EmotionRequest,
  type Performance,
  type Transposition,
} from '../../shared/project/performance.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { findSinger } from './find-singer.ts'
import { followJob } from './follow-job.ts'
import { withPassingProject } from './open-passing.ts'
import {
  readBetween,
  readBlend,
  readEmotion,
  readFraction,
  readSeed,
  readTransposition,
  type NamedPart,
} from './options.ts'
import { request } from './request.ts'
import { writeSound, type SoundEncoding } from './write-sound.ts'

interface ConvertOptions {
  readonly singer?: string
  readonly blend: readonly NamedPart[]
  readonly emotion: EmotionRequest
  readonly transpose: Transposition
  readonly formant: number
  readonly strength: number
  readonly likeness: number
  readonly seed: number
  readonly encoding: SoundEncoding
  readonly out: string
  readonly report?: string
  readonly json?: boolean
}

export function addConvertCommand(program: Command, context: CommandContext): void {
  program
    .command('convert <file>')
    .description('let a singer sing a recording; the result has exactly as many samples')
    .option('--singer <name>', 'who sings; may be left out when the library has one singer')
    .option('--blend <name:weight>', 'mixes another singer in, 0…1; may be repeated', readBlend, [])
    .option('--emotion <name:amount>', 'an emotion and its intensity, 0…1.5', readEmotion, {
      emotionId: 'neutral',
      intensity: 0,
    })
    .option('--transpose <auto|semitones>', 'key shift; auto moves by whole octaves', readTransposition, {
      kind: 'auto' as const,
    })
    .option('--formant <semitones>', 'moves the formants and not the pitch, −6…6', readBetween(-6, 6), 0)
    .option('--strength <amount>', 'how much of the change, 0…1', readFraction, 1)
    .option('--likeness <amount>', '−1 keeps more of what is sung, 1 takes more of the person', readBetween(-1, 1), 0)
    .option('--seed <number>', 'same seed, same samples', readSeed, 1)
    .addOption(
      new Option('--encoding <name>', 'samples of the file').choices(['pcm16', 'pcm24', 'float32']).default('pcm24'),
    )
    .requiredOption('--out <file.wav>', 'where the result goes')
    .option('--report <file.json>', 'what was measured about the conversion')
    .option('--json', 'print the report as JSON')
    .action((file: string, options: ConvertOptions) =>
      context.withApplication((application) => convert(application, file, options, context)),
    )
}

async function convert(application: Application, file: string, options: ConvertOptions, context: CommandContext) {
  const singer = await findSinger(application, options.singer)
  const others = await Promise.all(options.blend.map(({ name }) => findSinger(application, name)))
  const performance: Performance = {
    ...defaultPerformance(singer.id),
    blend: others.map(({ id }, index) => ({ singerId: id, weight: options.blend[index].weight, curve: null })),
    emotion: options.emotion,
    transposition: options.transpose,
    formantSemitones: options.formant,
    strength: options.strength,
    likeness: options.likeness,
    seed: options.seed,
  }
  await withPassingProject(application, file, context, async ({ projectId, source, rateHz }) => {
    const { jobId } = await request(application, 'project:convert', {
      projectId,
      regionId: mintId<RegionId>(createRandom(options.seed)),
      regionName: source.name.slice(0, 120),
      sourceId: source.id,
      sourceStartSamples: 0,
      durationSamples: source.durationSamples,
      performance,
    })
    const { report, wasCached } = await followJob(application, jobId, 'convert', context)
    await writeSound(application, renderMediaId(projectId, report.renderKey), options.out, options.encoding)
    const told = {
      ok: true,
      out: resolve(options.out),
      singer: singer.name,
      others: others.map(({ name }) => name),
      rateHz,
      performance,
      ...report,
      wasCached,
    }
    if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(told, null, 2)}\n`)
    context.terminal.write(
      options.json === true
        ? `${JSON.stringify(told)}\n`
        : words(options.out, [singer, ...others], report, rateHz, wasCached),
    )
  })
}

function words(
  out: string,
  singers: readonly Singer[],
  report: ConversionReport,
  rateHz: number,
  wasCached: boolean,
): string {
  const effort = wasCached ? 'as it was rendered before' : `in ${report.renderSec.toFixed(1)} s`
  const seconds = samplesToSeconds(report.durationSamples, rateHz)
  const shift = `${signed(report.semitones)} semitones`
  return `${out}: ${seconds.toFixed(2)} s sung by ${singers.map(({ name }) => name).join(' + ')}, ${shift}, ${effort}.\n`
}

const signed = (value: number): string => (value > 0 ? `+${value}` : `${value}`)
