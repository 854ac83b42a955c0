import type { ExtraFigures } from './extra-figures.ts'
import { figureTable } from './figure-table.ts'
import { describeBar, figures, isMet, type Bar, type Figure } from './figures.ts'
import type { MeasuredPair } from './measure-group.ts'
import type { TargetGroup } from './target-groups.ts'

/** What `understudy evaluate` finds: one group per kind of target. Null where a figure can't be told. */
export interface EvaluationReport {
  readonly seed: number
  readonly preset: string
  readonly persons: readonly string[]
  readonly groups: readonly GroupReport[]
  /** Null where nothing was converted. */
  readonly extras: ExtraFigures | null
  /** What the reader must know to trust or doubt the rows. */
  readonly notes: readonly string[]
}

/** Targets of one kind, what each system reaches with them, and what that comes from. */
export interface GroupReport {
  readonly kind: TargetGroup['kind']
  readonly targets: readonly string[]
  /** Whom the judges tell apart. */
  readonly cast: readonly string[]
  /** How often each judge is right about real recordings that it never heard. */
  readonly judgeAccuracy: {
    readonly raw: number
    readonly centered: number
    readonly cepstral: number
    readonly n: number
  }
  /** Means over the pairs. */
  readonly systems: readonly SystemRow[]
  readonly pairs: readonly MeasuredPair[]
}

export interface SystemRow {
  readonly system: string
  readonly n: number
  readonly figures: Readonly<Record<string, MeanFigure | null>>
  readonly nearChance: number | null
}

export interface MeanFigure {
  readonly mean: number
  /** Standard error of the mean. */
  readonly error: number
  /** Pairs for which it could be told. */
  readonly n: number
}

const systemMeanings: Readonly<Record<string, string>> = {
  ceiling: 'another real recording by the target: nothing can be better',
  floor: 'the source, unconverted',
  equalizer: 'the source through one fixed filter that gives it the target’s mean envelope',
  control: 'a network that must fail: 64 numbers wide, no warping, no norms',
  seen: 'Understudy, as people of the base that ships, with their own rows',
  joint: 'Understudy, persons of these recordings learned jointly, without a base',
  enrolled: 'Understudy, as people whom the base never heard, enrolled into it',
}
const groupTitles: Readonly<Record<TargetGroup['kind'], string>> = {
  seen: 'SEEN: as people of the base',
  enrolled: 'NEWLY ENROLLED: as people whom the base never heard',
}

/** Tables for the terminal: for each group a line for each figure, a column for each system, and the bars. */
export function formatReport(report: EvaluationReport): string {
  const { groups } = report
  const names = new Set(groups.flatMap(({ systems }) => systems.map(({ system }) => system)))
  const legend = [
    ...[...names].map((system) => `  ${system.padEnd(12)}${systemMeanings[system] ?? ''}`),
    '',
    ...figures.map(({ label, meaning }) => `  ${label.padEnd(12)}${meaning}`),
  ].join('\n')
  const uncertainty = `± is one standard error of the mean over the pairs; nobody has listened. Seed ${report.seed}, ${report.preset}.`
  const parts = [...groups.flatMap(groupLines), legend, '', ...extraLines(report.extras), uncertainty, ...report.notes]
  return `${parts.join('\n')}\n`
}

function groupLines({ kind, targets, cast, judgeAccuracy, systems }: GroupReport): string[] {
  const { raw, centered, cepstral, n } = judgeAccuracy
  const others = cast.filter((name) => !targets.includes(name))
  const judges = `Judges on real recordings they never heard (n = ${n}, ${cast.length} persons${others.length === 0 ? '' : `, with ${others.join(', ')}`}, chance ${(1 / cast.length).toFixed(2)}): raw ${raw.toFixed(2)}, cmn ${centered.toFixed(2)}, mfcc ${cepstral.toFixed(2)}.`
  const header = ['', ...systems.map(({ system }) => system), 'bar']
  const counts = ['n', ...systems.map(({ n }) => String(n)), '']
  const rows = figures.map((figure) => figureCells(figure, kind, systems))
  const missed = systems.flatMap(({ system, figures: own }) => missedBars(system, own, systems))
  return [
    `${groupTitles[kind]} (${targets.join(', ')})`,
    judges,
    '',
    ...figureTable([header, counts, ...rows]),
    '',
    ...missed,
    '',
  ]
}

/** One line for each system that has bars to reach. */
function missedBars(system: string, own: SystemRow['figures'], systems: readonly SystemRow[]): string[] {
  const judged = figures.flatMap((figure) => {
    const isReached = isMet(own[figure.name]?.mean ?? null, barOf(figure, system), floorOf(figure, systems))
    return isReached === null ? [] : [{ label: figure.label, isReached }]
  })
  if (judged.length === 0) return []
  const missed = judged.filter(({ isReached }) => !isReached).map(({ label }) => label)
  const reached = `${system}: ${judged.length - missed.length} of ${judged.length} bars reached`
  return [missed.length === 0 ? `${reached}.` : `${reached}; missed: ${missed.join(', ')}.`]
}

const floorOf = ({ name }: Figure, systems: readonly SystemRow[]): number | null =>
  systems.find(({ system }) => system === 'floor')?.figures[name]?.mean ?? null

function figureCells(figure: Figure, kind: GroupReport['kind'], systems: readonly SystemRow[]): string[] {
  const { label, name, digits } = figure
  const floor = floorOf(figure, systems)
  const cells = systems.map(({ system, figures: own, nearChance }) => {
    const found = own[name] ?? null
    if (found === null) return '–'
    const chance = name === 'near' && nearChance !== null ? ` (${nearChance.toFixed(2)})` : ''
    const verdict = verdictWord(isMet(found.mean, barOf(figure, system), floor))
    return `${found.mean.toFixed(digits)}${chance} ±${found.error.toFixed(digits)}${verdict}`
  })
  const bar = figure[kind]
  return [label, ...cells, bar === undefined ? '' : describeBar(bar)]
}

const verdictWord = (isGood: boolean | null): string => (isGood === null ? '  ' : isGood ? ' ✓' : ' ✗')

function barOf(figure: Figure, system: string): Bar | undefined {
  if (system === 'seen' || system === 'joint') return figure.seen
  if (system === 'enrolled') return figure.enrolled
  return system === 'control' ? figure.control : undefined
}

const LEAST_SILENCE_CMN = 0.9
const MOST_PCOR_LOST = 0.01
const MOST_IDLE_DB = 0.1
const MOST_PIECES = 1e-4

function extraLines(extras: ExtraFigures | null): string[] {
  if (extras === null) return []
  const { silenceCmn, silencePcorLost, idleFilterDb, pieces } = extras
  const lost = silencePcorLost === null ? '–' : silencePcorLost.toFixed(3)
  return [
    `Three times silence around: cmn ${silenceCmn.toFixed(2)} (bar ≥ ${LEAST_SILENCE_CMN})${verdictWord(silenceCmn >= LEAST_SILENCE_CMN)}, pcor lost ${lost} (bar ≤ ${MOST_PCOR_LOST})${verdictWord(silencePcorLost === null ? null : silencePcorLost <= MOST_PCOR_LOST)}`,
    `Filter with nothing to do: ${idleFilterDb.toFixed(4)} dB (bar < ${MOST_IDLE_DB})${verdictWord(idleFilterDb < MOST_IDLE_DB)}; in pieces against whole: ${pieces.toExponential(1)} (bar ≤ ${MOST_PIECES})${verdictWord(pieces <= MOST_PIECES)}`,
    '',
  ]
}
