import { createRandom, type Random } from '../../shared/base/random.ts'
import { trainJudges, type Judges } from '../../shared/evaluation/index.ts'
import type { BaseConverter } from '../../shared/formats/base-file.ts'
import type { PreparedSinger } from '../../shared/conversion/prepared-singer.ts'
import type { SoundConverter } from './convert-sound.ts'
import { equalize, meanOfRecordings } from './equalizer.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { measureExtras, type ExtraFigures } from './extra-figures.ts'
import {
  enrollAll,
  learnBase,
  learnJointly,
  type Learner,
  type LearningOptions,
  type Singers,
} from './learned-singers.ts'
import type { Heard, Listener } from './listening.ts'
import { measurePair, type PairContext, type PairFigures } from './measure-pair.ts'
import { choosePairs, createPairContexts, readingBy, type Pair } from './pairs.ts'
import { hearOr, hearPersons, totalSec, upTo, type Person } from './persons.ts'
import type { Speaker } from './speakers.ts'
import { summarize } from './summarize.ts'
import type { SystemName } from './system-names.ts'

export interface EvaluationOptions extends Omit<LearningOptions, 'tell'> {
  readonly speakers: readonly Speaker[]
  readonly targetCount: number
  /** Conversions per target. */
  readonly pairCount: number
  /** Seconds of each person that judges and jointly learned singers learn from, at most. */
  readonly learnSec: number
  /** Seconds of a target that is enrolled, at most. */
  readonly enrolSec: number
  readonly systems: readonly SystemName[]
  /** That ships; null where none does. */
  readonly base: BaseConverter | null
}

export interface EvaluationTools {
  readonly listener: Listener
  readonly converter: SoundConverter
  readonly tell: (line: string) => void
}

/** Less than this of a person makes no singer. */
const LEAST_TARGET_SEC = 10
/** Real recordings per person that the judges are tried on. */
const TRIALS_PER_PERSON = 4

/**
 * Trains judges on part of everybody's recordings, singers on the same part of the targets', converts other people's
 * other sentences, and measures real, unconverted, equalized and converted sound alike. What can't be computed is said
 * in a note, and everything else still is.
 */
export async function runEvaluation(options: EvaluationOptions, tools: EvaluationTools): Promise<EvaluationReport> {
  const { listener, tell } = tools
  const random = createRandom(options.seed)
  const { persons, leftOut } = await hearPersons(options.speakers, options.learnSec, listener, tell)
  const notes = leftOut.map((why) => `Left out: ${why}`)
  tell(`training judges on ${persons.length} persons`)
  const judges = trainJudges(
    new Map(persons.map(({ name, learned }) => [name, learned.map(({ clip }) => clip)])),
    random,
    () => {},
  )
  const judgeAccuracy = await tryJudges(judges, persons, listener)
  const targets = persons
    .filter(({ learned }) => totalSec(learned) >= LEAST_TARGET_SEC)
    .sort((a, b) => totalSec(b.learned) - totalSec(a.learned))
    .slice(0, options.targetCount)
  if (targets.length === 0) notes.push(`Nobody has ${LEAST_TARGET_SEC} s to learn from: no singer can be made.`)
  const pairs = targets.flatMap((target) => choosePairs(target, persons, options.pairCount, random))
  const singers = await learnSystems(options, { persons, targets, pairs, tell, notes })
  const measured = await measureAll(pairs, { options, tools, persons, judges, random, singers, notes })
  return {
    seed: options.seed,
    preset: `${options.size}, ${options.plan}`,
    persons: persons.map(({ name }) => name),
    targets: targets.map(({ name }) => name),
    judgeAccuracy,
    systems: options.systems.flatMap((name) => {
      const figures = measured.figures[name]
      return figures.length === 0 ? [] : [summarize(name, figures)]
    }),
    extras: measured.extras,
    notes: [...notes, ...notesOn(measured.figures, persons)],
  }
}

async function tryJudges(judges: Judges, persons: readonly Person[], listener: Listener) {
  const trials: { label: number; heard: Heard }[] = []
  for (const [label, person] of persons.entries()) {
    for (const { path } of person.test.slice(0, TRIALS_PER_PERSON)) {
      const heard = await hearOr(path, listener, () => {})
      if (heard !== null) trials.push({ label, heard })
    }
  }
  const accuracy = (verdict: Judges['raw']) =>
    trials.filter(({ label, heard }) => verdict(heard.clip) === label).length / Math.max(trials.length, 1)
  return {
    raw: accuracy(judges.raw),
    centered: accuracy(judges.centered),
    cepstral: accuracy(judges.cepstral),
    n: trials.length,
  }
}

type LearnedSystems = Partial<Record<SystemName, Singers>>

interface LearningWork {
  readonly persons: readonly Person[]
  readonly targets: readonly Person[]
  readonly pairs: readonly Pair[]
  readonly tell: (line: string) => void
  readonly notes: string[]
}

async function learnSystems(options: EvaluationOptions, work: LearningWork): Promise<LearnedSystems> {
  const { persons, targets, pairs, tell, notes } = work
  if (pairs.length === 0) return {}
  const learning = { ...options, tell }
  const systems: LearnedSystems = {}
  if (options.systems.includes('control')) {
    tell('learning the negative control')
    systems.control = await learnJointly(persons.map(learnerOf(Infinity)), learning, true)
  }
  if (options.systems.includes('seen')) {
    tell(`learning ${persons.length} persons jointly`)
    systems.seen = await learnJointly(persons.map(learnerOf(Infinity)), learning)
  }
  if (options.systems.includes('enrolled')) {
    const base = await baseFor(options, work)
    if (base !== null) {
      systems.enrolled = await enrollAll(targets.map(learnerOf(options.enrolSec)), base, {
        ...learning,
        plan: 'normal',
      })
      const seconds = targets.map(({ learned }) => totalSec(upTo(learned, options.enrolSec)).toFixed(0))
      notes.push(`Enrolled from ${seconds.join(', ')} s.`)
    }
  }
  return systems
}

const learnerOf =
  (limitSec: number) =>
  ({ name, learned }: Person): Learner => ({
    name,
    clips: upTo(learned, limitSec).flatMap(({ features }) => (features === null ? [] : [features])),
  })

/** The base that ships; one of those who are no targets where it knows a target, or none ships. */
async function baseFor(options: EvaluationOptions, { persons, targets, tell, notes }: LearningWork) {
  const { base } = options
  const known = targets.filter(({ name }) => base?.persons.includes(name) === true)
  if (base !== null && known.length === 0) {
    notes.push(`Enrolled into the base that ships (${base.persons.length} persons).`)
    return base
  }
  const others = persons.filter((person) => !targets.includes(person))
  const why =
    base === null ? 'No base ships' : `The base that ships learned from ${known.map(({ name }) => name).join(', ')}`
  if (others.length < 2) {
    notes.push(`${why}, and ${others.length} persons who are no targets make none: no row for the newly enrolled.`)
    return null
  }
  notes.push(`${why}: targets are enrolled into one of ${others.map(({ name }) => name).join(', ')}.`)
  tell('learning a base')
  return learnBase(others.map(learnerOf(Infinity)), { ...options, tell })
}

interface MeasuringWork {
  readonly options: EvaluationOptions
  readonly tools: EvaluationTools
  readonly persons: readonly Person[]
  readonly judges: Judges
  readonly random: Random
  readonly singers: LearnedSystems
  readonly notes: string[]
}

type FiguresBySystem = Record<SystemName, PairFigures[]>

async function measureAll(pairs: readonly Pair[], work: MeasuringWork) {
  const { tools, persons, judges, options, notes } = work
  const figures: FiguresBySystem = { ceiling: [], floor: [], equalizer: [], control: [], seen: [], enrolled: [] }
  const contextOf = createPairContexts(persons, judges, tools.listener, options.seed)
  let extras: ExtraFigures | null = null
  for (const [index, pair] of pairs.entries()) {
    tools.tell(`${index + 1} of ${pairs.length}: ${pair.source.name} → ${pair.target.name}`)
    const source = await hearOr(pair.file.path, tools.listener, (why) => notes.push(`Left out: ${why}`))
    if (source === null) continue
    const context = await contextOf(pair, source)
    await measureReal(pair, context, work, figures)
    for (const name of ['control', 'seen', 'enrolled'] as const) {
      const singer = work.singers[name]?.get(pair.target.name)
      if (singer !== undefined) figures[name].push(convertAndMeasure(source, singer, context, tools))
    }
    const best = work.singers.enrolled?.get(pair.target.name) ?? work.singers.seen?.get(pair.target.name)
    if (extras === null && best !== undefined) extras = measureExtras(source, best, context, tools)
  }
  return { figures, extras }
}

function convertAndMeasure(
  source: Heard,
  singer: PreparedSinger,
  context: PairContext,
  { converter, listener }: EvaluationTools,
): PairFigures {
  const { sound, semitones } = converter.convert(source.sound, singer)
  return measurePair(listener.hearSound(sound), semitones, context)
}

/** What nobody converted. */
async function measureReal(pair: Pair, context: PairContext, work: MeasuringWork, figures: FiguresBySystem) {
  const { options, tools } = work
  const { source } = context
  if (options.systems.includes('floor')) figures.floor.push(measurePair(source, 0, context))
  if (options.systems.includes('equalizer')) {
    const equalized = tools.listener.hearSound(equalize(source, meanOfRecordings(pair.target.learned)))
    figures.equalizer.push(measurePair(equalized, 0, context))
  }
  if (options.systems.includes('ceiling')) figures.ceiling.push(...(await measureCeiling(pair, context, tools)))
}

/**
 * Another recording by the target of what the target's reading holds, in the nearest manner. Where there is none, any
 * other, of which everything is measured that needs no common words.
 */
async function measureCeiling({ target, file }: Pair, context: PairContext, { listener }: EvaluationTools) {
  const reading = readingBy(target, file)
  const again = reading === undefined ? undefined : readingBy(target, reading)
  const path = (again ?? target.test.find((other) => other.path !== reading?.path))?.path
  const heard = path === undefined ? null : await hearOr(path, listener, () => {})
  if (heard === null) return []
  return [measurePair(heard, null, again === undefined ? { ...context, readings: new Map(), content: null } : context)]
}

function notesOn(figures: FiguresBySystem, persons: readonly Person[]): string[] {
  const all = Object.values(figures).flat()
  const notes: string[] = []
  const isNever = (pick: (pair: PairFigures) => number | null) => all.every((pair) => pick(pair) === null)
  if (isNever(({ pcor }) => pcor))
    notes.push(
      'pcor, near and dm can’t be told: nobody reads the same words as the targets (equal file names, or texts in manifest.json).',
    )
  else if (isNever(({ near }) => near)) notes.push('near and dm can’t be told: no third person reads the same words.')
  if (isNever(({ content }) => content))
    notes.push('content can’t be told: it takes two more people who read the same words.')
  if (all.every((pair) => pair.octaveCents === null)) notes.push('No pair was moved by an octave.')
  if (persons.length < 6)
    notes.push(`Only ${persons.length} persons: a guess is right ${(100 / persons.length).toFixed(0)} % of the time.`)
  return notes
}
