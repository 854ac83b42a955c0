import type { ExtraFigures } from './extra-figures.ts'
import { describeBar, figures, isMet, type Bar, type Figure } from './figures.ts'

/** What `understudy evaluate` finds: one entry per system, means over pairs. Null where a figure can't be told. */
export interface EvaluationReport {
  readonly seed: number
  readonly preset: string
  readonly persons: readonly string[]
  readonly targets: readonly string[]
  /** How often each judge is right about real recordings that it never heard. */
  readonly judgeAccuracy: {
    readonly raw: number
    readonly centered: number
    readonly cepstral: number
    readonly n: number
  }
  readonly systems: readonly SystemRow[]
  /** Null where nothing was converted. */
  readonly extras: ExtraFigures | null
  /** What the reader must know to trust or doubt the rows. */
  readonly notes: readonly string[]
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
  seen: 'Understudy, persons learned jointly',
  enrolled: 'Understudy, targets enrolled strictly outside of the base’s training',
}

/** Tables for the terminal: a line for each figure, a column for each system, and the bars. */
export function formatReport(report: EvaluationReport): string {
  const { judgeAccuracy, systems } = report
  const judges = `Judges on real recordings they never heard (n = ${judgeAccuracy.n}, ${report.persons.length} persons, chance ${(1 / report.persons.length).toFixed(2)}): raw ${judgeAccuracy.raw.toFixed(2)}, cmn ${judgeAccuracy.centered.toFixed(2)}, mfcc ${judgeAccuracy.cepstral.toFixed(2)}.`
  const header = ['', ...systems.map(({ system }) => system), 'bar seen', 'bar enrolled']
  const counts = ['n', ...systems.map(({ n }) => String(n)), '', '']
  const rows = figures.map((figure) => figureCells(figure, systems))
  const legend = [
    ...systems.map(({ system }) => `  ${system.padEnd(12)}${systemMeanings[system] ?? ''}`),
    '',
    ...figures.map(({ label, meaning }) => `  ${label.padEnd(12)}${meaning}`),
  ].join('\n')
  const uncertainty = `± is one standard error of the mean over the pairs; nobody has listened. Seed ${report.seed}, ${report.preset}.`
  const parts = [
    judges,
    `Targets: ${report.targets.join(', ')}`,
    '',
    formatTable([header, counts, ...rows]),
    '',
    legend,
    '',
    ...extraLines(report.extras),
    uncertainty,
    ...report.notes,
  ]
  return `${parts.join('\n')}\n`
}

function figureCells(figure: Figure, systems: readonly SystemRow[]): string[] {
  const { label, name, digits, seen, enrolled } = figure
  const floor = systems.find(({ system }) => system === 'floor')?.figures[name]?.mean ?? null
  const cells = systems.map(({ system, figures: own, nearChance }) => {
    const found = own[name] ?? null
    if (found === null) return '–'
    const chance = name === 'near' && nearChance !== null ? ` (${nearChance.toFixed(2)})` : ''
    const verdict = verdictWord(isMet(found.mean, barOf(figure, system), floor))
    return `${found.mean.toFixed(digits)}${chance} ±${found.error.toFixed(digits)}${verdict}`
  })
  const bars = [seen, enrolled].map((bar) => (bar === undefined ? '' : describeBar(bar)))
  return [label, ...cells, ...bars]
}

const verdictWord = (isGood: boolean | null): string => (isGood === null ? '  ' : isGood ? ' ✓' : ' ✗')

function barOf(figure: Figure, system: string): Bar | undefined {
  if (system === 'seen') return figure.seen
  if (system === 'enrolled') return figure.enrolled
  return system === 'control' ? figure.control : undefined
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) => row.map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column])).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
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
