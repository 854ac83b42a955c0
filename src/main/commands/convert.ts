import { resolve } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { createRandom } from '../../shared/base/random.ts'
import { mintId, type RegionId } from '../../shared/base/id.ts'
import type { ConversionReport } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import { defaultPerformance, type EmotionRequest, type Transposition } from '../../shared/project/performance.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { findSinger } from './find-singer.ts'
import { followJob } from './follow-job.ts'
import { withPassingProject } from './open-passing.ts'
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
  const performance = {
    ...defaultPerformance(singer.id),
    emotion: options.emotion,
    transposition: options.transpose,
    strength: options.strength,
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
    const told = { ok: true, out: resolve(options.out), singer: singer.name, rateHz, performance, ...report, wasCached }
    if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(told, null, 2)}\n`)
    context.terminal.write(
      options.json === true ? `${JSON.stringify(told)}\n` : words(options.out, singer, report, rateHz, wasCached),
    )
  })
}

function words(out: string, singer: Singer, report: ConversionReport, rateHz: number, wasCached: boolean): string {
  const effort = wasCached ? 'as it was rendered before' : `in ${report.renderSec.toFixed(1)} s`
  const seconds = samplesToSeconds(report.durationSamples, rateHz)
  const shift = `${signed(report.semitones)} semitones`
  return `${out}: ${seconds.toFixed(2)} s sung by ${singer.name}, ${shift}, ${effort}.\n`
}

const signed = (value: number): string => (value > 0 ? `+${value}` : `${value}`)
