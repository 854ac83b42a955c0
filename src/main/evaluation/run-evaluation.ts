import { failure, FailureError } from '../../shared/base/errors.ts'
import { createRandom, type Random } from '../../shared/base/random.ts'
import {
  trainContentJudge,
  trainJudges,
  type ContentJudge,
  type JudgedClip,
  type Judges,
} from '../../shared/evaluation/index.ts'
import { equalize, meanOfRecordings } from './equalizer.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import type { Heard, Listener } from './listening.ts'
import { measurePair, type PairContext, type PairFigures } from './measure-pair.ts'
import type { Product, TrainedSinger } from './product.ts'
import type { Speaker, SpeakerFile } from './speakers.ts'
import { splitSpeakers, type SplitSpeaker } from './split.ts'
import { summarize } from './summarize.ts'

export interface EvaluationOptions {
  readonly speakers: readonly Speaker[]
  readonly targetCount: number
  /** Conversions per target. */
  readonly pairCount: number
  /** Seconds of each person that judges learn from. */
  readonly judgeSec: number
  /** Seconds of a target that the singer is trained from, at most. */
  readonly trainingSec: number
  readonly preset: string
  readonly seed: number
}

export interface EvaluationTools {
  readonly product: Product
  readonly listener: Listener
  readonly tell: (line: string) => void
}

/** Fewer seconds teach neither a judge nor a singer. */
const LEAST_JUDGE_SEC = 8
const LEAST_TARGET_SEC = 20
/** Real recordings per person that the judges are tried on. */
const TRIALS_PER_PERSON = 4

interface Person extends SplitSpeaker {
  readonly learned: readonly Heard[]
}

/**
 * Trains judges on part of everybody's recordings, singers on part of some targets', converts other people's other
 * sentences, and measures unconverted, equalized and converted sound alike.
 */
export async function runEvaluation(options: EvaluationOptions, tools: EvaluationTools): Promise<EvaluationReport> {
  const random = createRandom(options.seed)
  const persons = await hearPersons(options, tools)
  tools.tell(`training three judges on ${persons.length} persons`)
  const judges = trainJudges(
    new Map(persons.map((person) => [person.name, person.learned.map(({ clip }) => clip)])),
    random,
    () => {},
  )
  const judgeAccuracy = await tryJudges(judges, persons, tools)
  const targets = await chooseTargets(persons, options, tools)
  const results: Results = { unconverted: [], equalizer: [], product: [] }
  for (const { person, paths } of targets) {
    tools.tell(`training the singer ${person.name} from ${paths.length} files (${options.preset})`)
    const singer = await tools.product.train(person.name, paths)
    await measureTarget({ person, singer, persons, judges, options, tools, random }, results)
  }
  return {
    seed: options.seed,
    preset: options.preset,
    persons: persons.map(({ name }) => name),
    targets: targets.map(({ person }) => person.name),
    judgeAccuracy,
    systems: [
      summarize('unconverted', results.unconverted),
      summarize('equalizer only', results.equalizer),
      summarize('Understudy', results.product),
    ],
    notes: notesOn(results, persons),
  }
}

interface Results {
  readonly unconverted: PairFigures[]
  readonly equalizer: PairFigures[]
  readonly product: PairFigures[]
}

async function hearPersons(
  { speakers, judgeSec }: EvaluationOptions,
  { listener, tell }: EvaluationTools,
): Promise<Person[]> {
  const persons: Person[] = []
  for (const speaker of splitSpeakers(speakers)) {
    const learned = await hearUpTo(speaker.training, judgeSec, listener)
    const seconds = totalSec(learned)
    tell(`heard ${speaker.name}: ${seconds.toFixed(0)} s to learn from, ${speaker.test.length} recordings to test with`)
    if (seconds >= LEAST_JUDGE_SEC) persons.push({ ...speaker, learned })
  }
  if (persons.length >= 2) return persons
  throw new FailureError(
    failure(
      'clips-too-few',
      `Judges need at least two persons with ${LEAST_JUDGE_SEC} s each; found ${persons.length}.`,
      'Give a folder with a subfolder of recordings for each person.',
    ),
  )
}

async function hearUpTo(files: readonly SpeakerFile[], limitSec: number, listener: Listener): Promise<Heard[]> {
  const heard: Heard[] = []
  for (const { path } of files) {
    if (totalSec(heard) >= limitSec) break
    const recording = await listener.hearFile(path)
    if (recording.clip.envelope.frameCount > 0) heard.push(recording)
  }
  return heard
}

const totalSec = (heard: readonly Heard[]): number =>
  heard.reduce((sum, { sound }) => sum + sound.samples.length / sound.rateHz, 0)

async function tryJudges(judges: Judges, persons: readonly Person[], { listener }: EvaluationTools) {
  const trials: { label: number; clip: JudgedClip }[] = []
  for (const [label, person] of persons.entries()) {
    for (const { path } of person.test.slice(0, TRIALS_PER_PERSON)) {
      const { clip } = await listener.hearFile(path)
      if (clip.envelope.frameCount > 0) trials.push({ label, clip })
    }
  }
  const accuracy = (verdict: (clip: JudgedClip) => number) =>
    trials.filter(({ label, clip }) => verdict(clip) === label).length / trials.length
  return {
    raw: accuracy(judges.raw),
    centered: accuracy(judges.centered),
    cepstral: accuracy(judges.cepstral),
    n: trials.length,
  }
}

/** Persons with the most to learn from, each with the files that the product gets. */
async function chooseTargets(persons: readonly Person[], options: EvaluationOptions, { listener }: EvaluationTools) {
  const candidates: { person: Person; paths: string[]; seconds: number }[] = []
  for (const person of persons) {
    const heard = await hearUpTo(person.training, options.trainingSec, listener)
    const seconds = totalSec(heard)
    const paths = person.training.slice(0, heard.length).map(({ path }) => path)
    if (seconds >= LEAST_TARGET_SEC) candidates.push({ person, paths, seconds })
  }
  candidates.sort((a, b) => b.seconds - a.seconds)
  if (candidates.length > 0) return candidates.slice(0, options.targetCount)
  throw new FailureError(
    failure('clips-too-few', `Nobody has ${LEAST_TARGET_SEC} s of training recordings.`, 'Give longer recordings.'),
  )
}

interface TargetWork {
  readonly person: Person
  readonly singer: TrainedSinger
  readonly persons: readonly Person[]
  readonly judges: Judges
  readonly options: EvaluationOptions
  readonly tools: EvaluationTools
  readonly random: Random
}

async function measureTarget(work: TargetWork, results: Results): Promise<void> {
  const { person: target, persons, judges, tools } = work
  const targetMean = meanOfRecordings(target.learned)
  const pairs = choosePairs(work)
  for (const [index, { source, file }] of pairs.entries()) {
    tools.tell(`${index + 1} of ${pairs.length}: ${source.name} → ${target.name}`)
    const heard = await tools.listener.hearFile(file.path)
    const readings = await readingsOf(file, persons, tools.listener)
    const context: PairContext = {
      judges,
      sourcePerson: source.name,
      targetPerson: target.name,
      source: heard,
      targetTraining: target.learned,
      readings,
      content: contentJudge(readings, source.name, target.name, work.options.seed),
    }
    results.unconverted.push(measurePair(heard, 0, context))
    results.equalizer.push(measurePair(tools.listener.hearSound(equalize(heard, targetMean)), 0, context))
    const converted = await tools.product.convert(file.path, work.singer)
    results.product.push(measurePair(await tools.listener.hearFile(converted.path), converted.semitones, context))
  }
}

/** Test recordings of others, those that the target reads too first; drawn with the seed. */
function choosePairs({ person: target, persons, options, random }: TargetWork) {
  const own = new Set(target.test.map(({ sentence }) => sentence))
  const pairs = persons
    .filter((source) => source.name !== target.name)
    .flatMap((source) => source.test.map((file) => ({ source, file, order: random.uniform() })))
  return pairs
    .sort((a, b) => Number(own.has(b.file.sentence)) - Number(own.has(a.file.sentence)) || a.order - b.order)
    .slice(0, options.pairCount)
}

async function readingsOf(
  file: SpeakerFile,
  persons: readonly Person[],
  listener: Listener,
): Promise<Map<string, Heard>> {
  const readings = new Map<string, Heard>()
  for (const person of persons) {
    const reading = person.test.find(({ sentence, path }) => sentence === file.sentence && path !== file.path)
    if (reading !== undefined) readings.set(person.name, await listener.hearFile(reading.path))
  }
  return readings
}

/** Readings of others that a judge of the text needs. */
const FEWEST_READINGS = 2

function contentJudge(
  readings: ReadonlyMap<string, Heard>,
  sourceName: string,
  targetName: string,
  seed: number,
): ContentJudge | null {
  const others = [...readings]
    .filter(([name, { clip }]) => name !== sourceName && name !== targetName && clip.envelope.frameCount > 0)
    .map(([, { clip }]) => clip.envelope)
  return others.length < FEWEST_READINGS ? null : trainContentJudge(others, createRandom(seed))
}

function notesOn(results: Results, persons: readonly Person[]): string[] {
  const parallelCount = results.product.filter((pair) => pair.pcor !== null).length
  const notes = ['content (are the words kept?) is not measured here: it needs time-aligned texts.']
  if (parallelCount === 0)
    notes.push('pcor, near and dm need recordings of the same words by several persons (equal file names).')
  if (persons.length < 6)
    notes.push(`Only ${persons.length} persons: a guess is right ${(100 / persons.length).toFixed(0)} % of the time.`)
  return notes
}
