import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { Application } from '../application.ts'
import { createSoundAnalyzer } from '../evaluation/analyze-sound.ts'
import { formatReport } from '../evaluation/evaluation-report.ts'
import { followPitch, GREATEST_MEDIAN_CENTS, GREATEST_VOICING_DISAGREEMENT } from '../evaluation/follow-pitch.ts'
import { createListener } from '../evaluation/listening.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { runEvaluation } from '../evaluation/run-evaluation.ts'
import { findSpeakers } from '../evaluation/speakers.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import { createApplicationProduct } from './application-product.ts'
import type { CommandContext } from './command-context.ts'
import { readSeed, readWhole } from './options.ts'

interface EvaluateOptions {
  readonly audio?: string
  readonly clips?: string
  readonly sources: readonly string[]
  readonly targets: number
  readonly pairs: number
  readonly judgeSeconds: number
  readonly trainingSeconds: number
  readonly preset: TrainingPreset
  readonly seed: number
  readonly json?: string
}

const examples = `
Examples:
  understudy evaluate --audio recordings            a folder with a subfolder for each person
  understudy evaluate --audio recordings --targets 2 --pairs 6 --json figures.json
  understudy evaluate --clips recordings/mira --sources recordings/tom --sources recordings/ann
                                                    does the pitch follow the source?`

export function addEvaluateCommand(program: Command, context: CommandContext): void {
  program
    .command('evaluate')
    .description('measure conversions: who is heard, what is kept; judges are trained apart from the converter')
    .option('--audio <folder>', 'recordings of several persons, a subfolder each (or manifest.json naming them)')
    .option('--clips <folder>', 'measure only whether pitch follows: train on this folder’s clips …')
    .option('--sources <folder>', '… and convert every recording in these', collect, [])
    .option('--targets <number>', 'singers to train', readWhole(1, 50), 4)
    .option('--pairs <number>', 'conversions per singer', readWhole(1, 500), 9)
    .option('--judge-seconds <number>', 'what judges learn from, per person', readWhole(8, 600), 40)
    .option('--training-seconds <number>', 'what a singer learns from, at most', readWhole(20, 3600), 120)
    .addOption(
      new Option('--preset <preset>', 'how long to train').choices(['quick', 'normal', 'long']).default('quick'),
    )
    .option('--seed <number>', 'same seed, same figures', readSeed, 1)
    .option('--json <file>', 'write everything measured')
    .addHelpText('after', examples)
    .action((options: EvaluateOptions) => evaluateApart(options, context))
}

/** In a library of its own that is thrown away: a measurement leaves the person's singers alone. */
async function evaluateApart(options: EvaluateOptions, context: CommandContext): Promise<void> {
  const homeFolder = await mkdtemp(join(tmpdir(), 'understudy-evaluate-'))
  try {
    await context.withApplication((application) => runEvaluate(application, options, homeFolder, context), homeFolder)
  } finally {
    await rm(homeFolder, { recursive: true, force: true })
  }
}

/** Measures what the options ask for; conversions are put under `homeFolder`. */
export async function runEvaluate(
  application: Application,
  options: EvaluateOptions,
  homeFolder: string,
  context: CommandContext,
): Promise<void> {
  const workFolder = await mkdtemp(join(homeFolder, 'conversions-'))
  const tools = {
    product: createApplicationProduct(application, { ...options, workFolder, context: quiet(context) }),
    listener: createListener(await createSoundAnalyzer()),
    tell: (line: string) => context.terminal.writeAside(`${line}\n`),
  }
  const measure = options.clips === undefined ? evaluateFolder : evaluatePitch
  const result = await measure(options, tools, context)
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`)
}

type Tools = Parameters<typeof runEvaluation>[1]

async function evaluateFolder(options: EvaluateOptions, tools: Tools, { terminal }: CommandContext) {
  const report = await runEvaluation(
    {
      speakers: findSpeakers(resolve(options.audio ?? '.')),
      targetCount: options.targets,
      pairCount: options.pairs,
      judgeSec: options.judgeSeconds,
      trainingSec: options.trainingSeconds,
      preset: options.preset,
      seed: options.seed,
    },
    tools,
  )
  terminal.write(`${formatReport(report)}\n`)
  return report
}

async function evaluatePitch(options: EvaluateOptions, tools: Tools, { terminal }: CommandContext) {
  const clips = await clipsUpTo(resolve(options.clips ?? '.'), options.trainingSeconds)
  const sources = options.sources.flatMap((folder) =>
    findSpeakers(resolve(folder)).flatMap(({ files }) =>
      files.map(({ path }) => ({ path, name: join(basename(folder), relative(resolve(folder), path)) })),
    ),
  )
  const report = await followPitch(clips, sources, tools)
  terminal.write(
    `${report.metCount} of ${report.rows.length} recordings keep their samples, their pitch within ${GREATEST_MEDIAN_CENTS} cents (median) ` +
      `and their voicing in all but ${100 * GREATEST_VOICING_DISAGREEMENT} % of frames. Medians over the recordings: ${report.medianOfMedianCents?.toFixed(1) ?? '–'} cents, voicing ${(100 * (report.medianVoicingDisagreement ?? 0)).toFixed(1)} %, by another tracker ${(100 * (report.medianIndependentDisagreement ?? 0)).toFixed(1)} %.\n`,
  )
  return report
}

/** Hundreds of small jobs: what is told is which pair is at work, not each job's bar. */
const quiet = (context: CommandContext): CommandContext => ({
  ...context,
  terminal: { ...context.terminal, isInteractive: false, writeAside: () => {} },
})

/** Clips in order until they last long enough. */
async function clipsUpTo(folder: string, limitSec: number): Promise<string[]> {
  const paths: string[] = []
  let seconds = 0
  for (const { path } of findSpeakers(folder).flatMap(({ files }) => files)) {
    if (seconds >= limitSec) break
    const { samples, rateHz } = await readSound(path)
    seconds += samples.length / rateHz
    paths.push(path)
  }
  return paths
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value]
