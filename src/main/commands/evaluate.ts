import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { Application } from '../application.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { openFeatureStore } from '../compute/clips/feature-store.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { createSoundAnalyzer } from '../evaluation/analyze-sound.ts'
import { createSoundConverter } from '../evaluation/convert-sound.ts'
import { formatReport } from '../evaluation/evaluation-report.ts'
import { followPitch, GREATEST_MEDIAN_CENTS, GREATEST_VOICING_DISAGREEMENT } from '../evaluation/follow-pitch.ts'
import { createListener } from '../evaluation/listening.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { keepFigures, keepNothing } from '../evaluation/kept-figures.ts'
import { systemNames, usualSystems, type SystemName } from '../evaluation/system-names.ts'
import { cutRecordings } from '../evaluation/cut-recordings.ts'
import { findSpeakers, mergeSpeakers, ofKind } from '../evaluation/speakers.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import { createApplicationProduct } from './application-product.ts'
import type { CommandContext } from './command-context.ts'
import { addEvaluateEmotionCommand } from './evaluate-emotion.ts'
import { addEvaluateTranslationCommand } from './evaluate-translation.ts'
import { addEvaluateVocodersCommand } from './evaluate-vocoders.ts'
import { addEvaluateWaveformCommand } from './evaluate-waveform.ts'
import { readSeed, readWhole } from './options.ts'

interface EvaluateOptions {
  readonly audio: readonly string[]
  readonly clips?: string
  readonly sources: readonly string[]
  readonly kind: string
  readonly persons: number
  readonly targets: number
  readonly pairs: number
  readonly trainingSeconds: number
  readonly enrolSeconds: number
  readonly systems: readonly SystemName[]
  readonly size: 'fast' | 'standard'
  readonly preset: TrainingPreset
  readonly seed: number
  readonly work?: string
  readonly json?: string
}

const examples = `
Examples:
  understudy evaluate --audio recordings            a folder with a subfolder for each person
  understudy evaluate --audio recordings --targets 2 --pairs 6 --json figures.json
  understudy evaluate --audio recordings --systems floor enrolled --enrol-seconds 120
  understudy evaluate --audio recordings --work kept   again and again: what was heard once is kept
  understudy evaluate --clips recordings/mira --sources recordings/tom --sources recordings/ann
                                                    does the pitch follow the source?`

export function addEvaluateCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('evaluate')
    .description('measure conversions: who is heard, what is kept; judges are trained apart from the converter')
    .enablePositionalOptions()
    .option(
      '--audio <folder>',
      'recordings of several persons, a subfolder each (or manifest.json naming them); may be given again',
      collect,
      [],
    )
    .option('--clips <folder>', 'measure only whether pitch follows: train on this folder’s clips …')
    .option('--sources <folder>', '… and convert every recording in these', collect, [])
    .option(
      '--kind <kind>',
      'only what manifest.json calls so, such as sung; bars of pitch are for sung recordings',
      '',
    )
    .option('--persons <number>', 'at most so many are heard', readWhole(2, 500), 12)
    .option('--targets <number>', 'singers of the base, and so many who are enrolled', readWhole(1, 50), 4)
    .option('--pairs <number>', 'conversions per singer', readWhole(1, 500), 18)
    .option(
      '--training-seconds <number>',
      'what judges and jointly learned singers get of each',
      readWhole(8, 3600),
      100,
    )
    .option('--enrol-seconds <number>', 'what an enrolled singer gets', readWhole(10, 3600), 30)
    .addOption(new Option('--systems <names...>', 'what is measured').choices(systemNames).default([...usualSystems]))
    .addOption(new Option('--size <size>', 'of the networks').choices(['fast', 'standard']).default('fast'))
    .addOption(
      new Option('--preset <preset>', 'how long to train').choices(['quick', 'normal', 'long']).default('normal'),
    )
    .option('--seed <number>', 'same seed, same figures', readSeed, 1)
    .option('--work <folder>', 'analyses are kept here, and figures until all are measured: a run that ended goes on')
    .option('--json <file>', 'write everything measured')
    .addHelpText('after', examples)
    .action((options: EvaluateOptions) =>
      options.clips === undefined ? evaluateFolders(options, context) : evaluateApart(options, context),
    )
  for (const addSubject of subjects) addSubject(command, context)
}

/** What else can be measured: each adds a command of its own, `evaluate <subject>`, with its own options. */
const subjects: readonly ((evaluate: Command, context: CommandContext) => void)[] = [
  addEvaluateEmotionCommand,
  addEvaluateVocodersCommand,
  addEvaluateTranslationCommand,
  addEvaluateWaveformCommand,
]

/** In a library of its own that is thrown away: a measurement leaves the person's singers alone. */
async function evaluateApart(options: EvaluateOptions, context: CommandContext): Promise<void> {
  const homeFolder = await mkdtemp(join(tmpdir(), 'understudy-evaluate-'))
  try {
    await context.withApplication((application) => runEvaluate(application, options, homeFolder, context), {
      homeFolder,
    })
  } finally {
    await rm(homeFolder, { recursive: true, force: true })
  }
}

/** Measures whether the pitch follows; conversions are put under `homeFolder`. */
async function runEvaluate(
  application: Application,
  options: EvaluateOptions,
  homeFolder: string,
  context: CommandContext,
): Promise<void> {
  const tell = (line: string) => context.terminal.writeAside(`${line}\n`)
  const listener = createListener(await createSoundAnalyzer())
  const workFolder = await mkdtemp(join(homeFolder, 'conversions-'))
  const product = createApplicationProduct(application, { ...options, workFolder, context: quiet(context) })
  return keep(options, await evaluatePitch(options, { product, listener, tell }, context))
}

async function keep({ json }: EvaluateOptions, result: unknown): Promise<void> {
  if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`)
}

/** Networks are learned in this process: what they need is loaded only here. */
async function evaluateFolders(
  options: EvaluateOptions,
  { terminal, paths, endAtOnce }: CommandContext,
): Promise<void> {
  endAtOnce()
  const tell = (line: string) => terminal.writeAside(`${line}\n`)
  const folders = options.audio.length === 0 ? ['.'] : options.audio
  const found = ofKind(mergeSpeakers(folders.flatMap((folder) => findSpeakers(resolve(folder)))), options.kind)
  const { speakers, pieces } = await cutRecordings(found)
  const { runEvaluation } = await import('../evaluation/run-evaluation.ts')
  const { openFastestEngine } = await import('../evaluation/open-fastest-engine.ts')
  const { loadBase } = await import('../compute/models/base-store.ts')
  const { label, work } = await openFastestEngine(paths.enginesFolder)
  tell(`engine: ${label}`)
  const base = loadBase(paths.modelsFolder, options.size)
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const { json: _json, work: workFolder, ...decisive } = options
  const identity = [decisive, speakers, base?.sha256]
  const store = workFolder === undefined ? null : openFeatureStore(join(resolve(workFolder), 'features'))
  const report = await runEvaluation(
    {
      speakers,
      personCount: options.persons,
      targetCount: options.targets,
      pairCount: options.pairs,
      learnSec: options.trainingSeconds,
      enrolSec: options.enrolSeconds,
      systems: options.systems,
      size: options.size,
      plan: options.preset,
      base,
      seed: options.seed,
      ...(work && { work }),
    },
    {
      listener: createListener(await createSoundAnalyzer(), { store, pieces }),
      tell,
      kept: workFolder === undefined ? keepNothing : keepFigures(resolve(workFolder), identity),
      converter: createSoundConverter(await createAnalysisResampler(kernels), kernels),
    },
  )
  terminal.write(formatReport(report))
  return keep(options, report)
}

type PitchTools = Parameters<typeof followPitch>[2]

async function evaluatePitch(options: EvaluateOptions, tools: PitchTools, { terminal }: CommandContext) {
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
