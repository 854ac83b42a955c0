import { createRandom } from '../../shared/base/random.ts'
import { trainJudges, type Judges } from '../../shared/evaluation/index.ts'
import { chooseSpeakers } from './choose-speakers.ts'
import type { EvaluationReport, GroupReport } from './evaluation-report.ts'
import { measureExtras, type ExtraFigures } from './extra-figures.ts'
import { learnSystems, type SingersBySystem, type SystemOptions } from './learn-systems.ts'
import type { Heard, Listener } from './listening.ts'
import { measureGroup, type MeasuredPair, type MeasuringTools } from './measure-group.ts'
import { createPairContexts } from './pairs.ts'
import { hearOr, hearPersons, upTo, type Person } from './persons.ts'
import type { Speaker } from './speakers.ts'
import { summarize } from './summarize.ts'
import { LEAST_TARGET_SEC, targetGroups, type TargetGroup } from './target-groups.ts'

export interface EvaluationOptions extends SystemOptions {
  readonly speakers: readonly Speaker[]
  /** Of them at most so many are heard. */
  readonly personCount: number
  /** Per group. */
  readonly targetCount: number
  /** Conversions per target. */
  readonly pairCount: number
}

/** Real recordings per person that the judges are tried on. */
const TRIALS_PER_PERSON = 4

/**
 * Trains judges on part of everybody's recordings, enrolls targets with the same part of theirs, converts other people's
 * other sentences, and measures real, unconverted, equalized and converted sound alike: as people of the base, and as
 * people it never heard. What can't be computed is said in a note, and everything else still is.
 */
export async function runEvaluation(options: EvaluationOptions, tools: MeasuringTools): Promise<EvaluationReport> {
  const { listener, tell } = tools
  const { learnSec, enrolSec, seed } = options
  const random = createRandom(seed)
  const known = options.base?.persons ?? []
  const chosen = chooseSpeakers(options.speakers, known, options.personCount)
  const { persons, leftOut } = await hearPersons(chosen.speakers, Math.max(learnSec, enrolSec), listener, tell)
  const notes = [...chosen.leftOut, ...leftOut].map((why) => `Left out: ${why}`)
  const groups = targetGroups(persons, { ...options, known }, random)
  notes.push(...notesOnGroups(groups, options))
  const singers = await learnSystems(options, { persons, groups, tell, notes })
  const reports: GroupReport[] = []
  let extras: ExtraFigures | null = null
  for (const group of groups) {
    tell(`training judges on ${group.cast.length} persons`)
    const judges = trainJudges(
      new Map(group.cast.map(({ name, learned }) => [name, upTo(learned, learnSec).map(({ clip }) => clip)])),
      random,
      () => {},
    )
    const judgeAccuracy = await tryJudges(judges, group.cast, listener)
    const contextOf = createPairContexts(persons, judges, listener, seed)
    const pairs = await measureGroup(group, { ...options, singers, contextOf, notes }, tools)
    reports.push(reportOf(group, judgeAccuracy, pairs, options))
    if (group === groups.at(-1)) extras = await measureMachinery(group, singers, contextOf, tools)
  }
  tools.kept.finish()
  return {
    seed,
    preset: `${options.size}, ${options.plan}`,
    persons: persons.map(({ name }) => name),
    groups: reports,
    extras,
    notes: [...notes, ...notesOnFigures(reports.flatMap(({ pairs }) => pairs))],
  }
}

const reportOf = (
  { kind, targets, cast }: TargetGroup,
  judgeAccuracy: GroupReport['judgeAccuracy'],
  pairs: readonly MeasuredPair[],
  { systems }: EvaluationOptions,
): GroupReport => ({
  kind,
  targets: targets.map(({ name }) => name),
  cast: cast.map(({ name }) => name),
  judgeAccuracy,
  systems: [...new Set([...systems, 'joint' as const])].flatMap((name) => {
    const own = pairs.filter(({ system }) => system === name)
    return own.length === 0 ? [] : [summarize(name, own)]
  }),
  pairs,
})

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

/** On a group's first pair, with its singer. */
async function measureMachinery(
  { pairs: [pair] }: TargetGroup,
  singers: SingersBySystem,
  contextOf: ReturnType<typeof createPairContexts>,
  tools: MeasuringTools,
): Promise<ExtraFigures | null> {
  const singer = [singers.enrolled, singers.joint, singers.seen].map((all) => all?.get(pair.target.name)).find(Boolean)
  const source = await hearOr(pair.file.path, tools.listener, () => {})
  if (singer === undefined || source === null) return null
  return measureExtras(source, singer, await contextOf(pair, source), tools)
}

function notesOnGroups(groups: readonly TargetGroup[], { enrolSec, base }: EvaluationOptions): string[] {
  const has = (wanted: TargetGroup['kind']) => groups.some(({ kind }) => kind === wanted)
  const notes: string[] = []
  if (!has('enrolled') && has('seen'))
    notes.push(
      `Nobody outside of the base has about ${enrolSec} s to be enrolled from: no table of the newly enrolled.`,
    )
  if (groups.length === 0) notes.push(`Nobody has ${LEAST_TARGET_SEC} s to learn from: no singer can be made.`)
  if (has('seen'))
    notes.push(
      `The base learned from all recordings of its ${base?.persons.length ?? 0} persons, those that are converted here among them: only the judges and the bank of real frames have not heard these.`,
    )
  return notes
}

function notesOnFigures(pairs: readonly MeasuredPair[]): string[] {
  const notes: string[] = []
  const isNever = (name: keyof MeasuredPair['figures']) => pairs.every(({ figures }) => figures[name] === null)
  if (isNever('pcor'))
    notes.push(
      'pcor, near and dm can’t be told: nobody reads the same words as the targets (equal file names, or texts in manifest.json).',
    )
  else if (isNever('near')) notes.push('near and dm can’t be told: no third person reads the same words.')
  if (isNever('content')) notes.push('content can’t be told: it takes two more people who read the same words.')
  if (isNever('octaveCents')) notes.push('No pair was moved by an octave.')
  return notes
}
