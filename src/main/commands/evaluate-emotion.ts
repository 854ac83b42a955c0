import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { silentProgress } from '../../shared/base/progress.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { openEmotionModel } from '../compute/emotions/translators.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { latestModelFolder } from '../compute/models/model-folders.ts'
import { loadBase } from '../compute/models/base-store.ts'
import { loadSinger } from '../compute/models/singer-store.ts'
import { createSoundAnalyzer } from '../evaluation/analyze-sound.ts'
import { chooseFromModel, createEmotionConverter, type ChooseEmotion } from '../evaluation/emotion/emotion-converter.ts'
import { emotionFigures, type EmotionFigures } from '../evaluation/emotion/emotion-report.ts'
import { formatEmotionFigures } from '../evaluation/emotion/emotion-words.ts'
import {
  createEars,
  hearPerformances,
  type Delivery,
  type PerformanceFile,
} from '../evaluation/emotion/hear-performances.ts'
import { measureEmotions } from '../evaluation/emotion/measure-emotions.ts'
import { measureSingers, type SingerRequest, type SingerTools } from '../evaluation/emotion/measure-singers.ts'
import { keepFigures, keepNothing } from '../evaluation/kept-figures.ts'
import { createListener } from '../evaluation/listening.ts'
import { openFastestEngine } from '../evaluation/open-fastest-engine.ts'
import type { CommandContext } from './command-context.ts'
import { readDataset } from '../compute/clips/labeled-folder.ts'
import { readWhole } from './options.ts'

interface EmotionOptions {
  readonly audio: string
  readonly model?: string
  readonly deliveries: readonly Delivery[]
  readonly sources: number
  readonly persons?: readonly string[]
  readonly singers?: boolean
  readonly work?: string
  readonly json?: string
}

const deliveries: readonly Delivery[] = ['spoken', 'sung']
/** Neutral first. */
const emotionIds = ['neutral', 'happy', 'angry', 'sad', 'fearful']
/** Recordings of songs lie in a folder of this name, or have RAVDESS's number for it. */
const SUNG_PATH = /(^|\/)(sung|song|singing)(\/|$)|(^|\/)\d\d-02(-\d\d){5}\.[a-z0-9]+$/i

const examples = `
Examples:
  understudy evaluate emotion --audio emodb                      tables from other people in the folder
  understudy evaluate emotion --audio recordings --model models/emotion-statistics-emodb-v5`

/** How well emotions are heard, who is still heard, and whether songs stay in tune. */
export function addEvaluateEmotionCommand(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('emotion')
    .description('measure emotions: a judge that learned from other people’s real recordings names what it hears')
    .requiredOption('--audio <folder>', 'labeled recordings of several people, as for “emotion train”')
    .option('--model <folder>', 'an emotion model to be measured; else tables are learned from other people')
    .addOption(new Option('--deliveries <kinds...>', 'what is measured').choices(deliveries).default([...deliveries]))
    .option('--sources <number>', 'neutral recordings of each person that are converted', readWhole(1, 50), 4)
    .option('--persons <names...>', 'only these are converted; all are judged with')
    .option('--singers', 'also measure who is heard where another singer sings the emotion')
    .option('--work <folder>', 'what was heard is kept here: a run that ended goes on')
    .option('--json <file>', 'write everything measured')
    .addHelpText('after', examples)
    .action((options: EmotionOptions) => evaluateEmotion(options, context))
}

async function evaluateEmotion(options: EmotionOptions, { terminal, paths, endAtOnce }: CommandContext): Promise<void> {
  endAtOnce()
  const tell = (line: string) => terminal.writeAside(`${line}\n`)
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const resample = await createAnalysisResampler(kernels)
  const ears = createEars(resample, kernels)
  const files = await findPerformances(options)
  const keep = (identity: unknown) =>
    options.work === undefined ? keepNothing : keepFigures(resolve(options.work), identity)
  const performances = await hearPerformances(files, { ears, kept: keep('hearing'), tell })
  const silent = loadSinger(silentSinger(paths.modelsFolder), silentProgress, kernels)
  const convert = createEmotionConverter(silent, resample, kernels)
  const chooseEmotion = await chooserOf(options.model, { resample, kernels }, paths.enginesFolder)
  const singerTools = options.singers === true ? await openSingerTools(paths, { convert, tell }) : null
  const measured: EmotionFigures[] = []
  for (const delivery of options.deliveries) {
    const own = performances.filter((performance) => performance.delivery === delivery)
    if (own.length === 0) continue
    const request = { delivery, performances: own, emotionIds, sourcesPerPerson: options.sources, chooseEmotion }
    const convertedPeople = options.persons ?? null
    const kept = keep([delivery, files, options.model, options.sources])
    const measureWithSingers =
      singerTools && ((asked: SingerRequest) => measureSingers(asked, { ...singerTools, kept }))
    const tools = { ears, convert, kept, tell, measureSingers: measureWithSingers }
    const measurement = await measureEmotions({ ...request, convertedPeople }, tools)
    kept.finish()
    const figures = emotionFigures(measurement, emotionIds)
    terminal.write(`${formatEmotionFigures(figures)}\n`)
    measured.push(figures)
  }
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(measured, null, 2)}\n`)
}

/** What enrolling and judging singers takes; null, and told, where no base ships. */
async function openSingerTools(
  { modelsFolder, enginesFolder }: CommandContext['paths'],
  tools: Pick<SingerTools, 'convert' | 'tell'>,
): Promise<Omit<SingerTools, 'kept'> | null> {
  const base = loadBase(modelsFolder, 'fast')
  if (base === null) {
    tools.tell('no base ships with this copy: nobody can be enrolled to sing the emotions')
    return null
  }
  const { work } = await openFastestEngine(enginesFolder)
  return { ...tools, base, listener: createListener(await createSoundAnalyzer()), ...(work && { work }) }
}

async function chooserOf(
  folder: string | undefined,
  tools: Omit<Parameters<typeof chooseFromModel>[2], 'backend'>,
  enginesFolder: string | null,
): Promise<((emotionId: string) => ChooseEmotion) | null> {
  if (folder === undefined) return null
  const model = openEmotionModel(resolve(folder))
  const backend = await openFastestEngine(enginesFolder)
  return (emotionId) => chooseFromModel(model, emotionId, { ...tools, backend })
}

async function findPerformances({ audio }: EmotionOptions): Promise<PerformanceFile[]> {
  const recordings = await readDataset(audio)
  const files = recordings
    .filter(({ emotion }) => emotionIds.includes(emotion))
    .map(({ absolutePath, person, emotion, path }) => {
      const delivery: Delivery = SUNG_PATH.test(path) ? 'sung' : 'spoken'
      return { path: absolutePath, person, emotionId: emotion, delivery }
    })
  if (new Set(files.map(({ person }) => person)).size >= FEWEST_PEOPLE) return files
  const message = `Emotions of three people at least are needed, so that a judge can learn from others; ${audio} has ${files.length} recordings of ${new Set(files.map(({ person }) => person)).size}.`
  throw new FailureError(failure('clips-too-few', message, 'Give a folder with labeled recordings of more people.'))
}

const FEWEST_PEOPLE = 3

/** Whoever is shipped: nothing is heard of them. */
function silentSinger(modelsFolder: string): string {
  const folder = latestModelFolder(modelsFolder, 'singers-')
  if (folder !== null) return join(folder, 'alba.singer')
  throw new FailureError(failure('file-missing', 'No singer is shipped with this copy.', 'Install the program anew.'))
}
