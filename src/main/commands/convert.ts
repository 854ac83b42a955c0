import { basename, extname, resolve } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { createRandom } from '../../shared/base/random.ts'
import { mintId, type ProjectId, type RegionId } from '../../shared/base/id.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import { defaultPerformance, type EmotionRequest, type Source, type Transposition } from '../../shared/project/model.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { findSinger } from './find-singer.ts'
import { followJob } from './follow-job.ts'
import { importOne } from './import-files.ts'
import { readEmotion, readFraction, readSeed, readTransposition } from './options.ts'
import { request } from './request.ts'
import { writeSound, type SoundEncoding } from './write-sound.ts'

interface ConvertOptions {
  readonly singer?: string
  readonly emotion: EmotionRequest
  readonly transpose: Transposition
  readonly strength: number
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
    .option('--emotion <name:amount>', 'an emotion and its intensity, 0…1', readEmotion, {
      emotionId: 'neutral',
      intensity: 0,
    })
    .option('--transpose <auto|semitones>', 'key shift; auto moves by whole octaves', readTransposition, {
      kind: 'auto' as const,
    })
    .option('--strength <amount>', 'how much of the change, 0…1', readFraction, 1)
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
  const { projectId, source, rateHz } = await openAtOwnRate(application, file, context)
  try {
    const { jobId } = await request(application, 'project:convert', {
      projectId,
      regionId: mintId<RegionId>(createRandom(options.seed)),
      regionName: source.name.slice(0, 120),
      sourceId: source.id,
      sourceStartSamples: 0,
      durationSamples: source.durationSamples,
      performance: {
        ...defaultPerformance(singer.id),
        emotion: options.emotion,
        transposition: options.transpose,
        strength: options.strength,
        seed: options.seed,
      },
    })
    const { report } = await followJob(application, jobId, 'convert', context)
    await writeSound(application, renderMediaId(projectId, report.renderKey), options.out, options.encoding)
    const told = { ok: true, out: resolve(options.out), singer: singer.name, ...report }
    if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(told, null, 2)}\n`)
    const seconds = samplesToSeconds(report.durationSamples, rateHz)
    context.terminal.write(
      options.json === true
        ? `${JSON.stringify(told)}\n`
        : `${options.out}: ${seconds.toFixed(2)} s sung by ${singer.name}, ${signed(report.semitones)} semitones, in ${report.renderSec.toFixed(1)} s.\n`,
    )
  } finally {
    await application.call('project:close', { projectId })
  }
}

/** A passing project at the file's own rate, so that nothing is resampled and every sample has its place. */
async function openAtOwnRate(application: Application, file: string, context: CommandContext) {
  const name = basename(file, extname(file)).slice(0, 120) || 'Untitled'
  const open = async (rateHz: number): Promise<{ projectId: ProjectId; source: Source; rateHz: number }> => {
    const { projectId } = await request(application, 'project:create', { name, rateHz })
    try {
      return { projectId, source: await importOne(application, projectId, file, context), rateHz }
    } catch (cause) {
      await application.call('project:close', { projectId })
      throw cause
    }
  }
  const first = await open(USUAL_RATE_HZ)
  if (first.source.originalRateHz === first.rateHz) return first
  await application.call('project:close', { projectId: first.projectId })
  return open(first.source.originalRateHz)
}

/** Most stems have it; one that doesn't is read a second time. */
const USUAL_RATE_HZ = 48_000

const signed = (value: number): string => (value > 0 ? `+${value}` : `${value}`)
