import type { VocoderFigures } from '../../../shared/evaluation/index.ts'
import type { VocoderKind } from '../../../shared/networks/vocoder-kinds.ts'
import { teacherKindNames } from '../../../shared/networks/vocoder-names.ts'
import { figureTable } from '../figure-table.ts'
import type { VocoderReport, VocoderRow } from './measure-vocoders.ts'

interface Column {
  readonly label: string
  readonly meaning: string
  readonly of: (figures: VocoderFigures) => number
  readonly digits: number
  /** The most that a trained vocoder of each kind may have, where something was set. */
  readonly bars: (coded: VocoderFigures, full: VocoderFigures) => Readonly<Partial<Record<VocoderKind, Bar>>>
}

interface Bar {
  /** What it must hold, and what is aimed for. */
  readonly floor: number
  readonly goal?: number
}

const columns: readonly Column[] = [
  {
    label: 'SC',
    meaning: 'spectral convergence: the norm of the magnitudes’ difference over that of the recording’s',
    of: ({ sc }) => sc,
    digits: 2,
    bars: (_, { sc }) => ({
      'source-filter': { floor: 0.32, goal: sc },
      flow: { floor: 0.8 },
      wavenet: { floor: 0.8 },
    }),
  },
  {
    label: 'LM',
    meaning: 'mean distance of log magnitudes, dB',
    of: ({ lm }) => lm,
    digits: 2,
    bars: ({ lm }) => ({
      'source-filter': { floor: lm + 0.8, goal: lm + 0.4 },
      flow: { floor: lm + 2.6 },
      wavenet: { floor: lm + 1.4 },
    }),
  },
  {
    label: 'mel',
    meaning: 'the same of 80 mel bands',
    of: ({ mel }) => mel,
    digits: 2,
    bars: ({ mel }) => ({
      'source-filter': { floor: mel + 1.5, goal: mel + 0.7 },
      flow: { floor: mel + 4.6 },
      wavenet: { floor: mel + 2.5 },
    }),
  },
  {
    label: 'f0',
    meaning: 'mean distance of the pitch where it is within 50 cents, cents',
    of: ({ f0Cents }) => f0Cents,
    digits: 1,
    bars: () => ({ 'source-filter': { floor: 18, goal: 16 }, flow: { floor: 30 }, wavenet: { floor: 20 } }),
  },
  {
    label: 'gross',
    meaning: 'voiced frames whose pitch is further off, %',
    of: ({ f0Gross }) => f0Gross,
    digits: 1,
    bars: () => ({ 'source-filter': { floor: 14, goal: 10 }, flow: { floor: 45 }, wavenet: { floor: 25 } }),
  },
  {
    label: 'V/UV',
    meaning: 'frames voiced in one and unvoiced in the other, %',
    of: ({ voicing }) => voicing,
    digits: 1,
    bars: () => ({ 'source-filter': { floor: 10, goal: 6 }, wavenet: { floor: 13 } }),
  },
  {
    label: 'HNR',
    meaning: 'by how much the copy is more harmonic, dB; bars are for either side',
    of: ({ hnr }) => hnr,
    digits: 1,
    bars: () => ({ 'source-filter': { floor: 4, goal: 2.5 }, flow: { floor: 14 }, wavenet: { floor: 5.5 } }),
  },
  {
    label: 'bap',
    meaning: 'mean distance of band aperiodicities of voiced frames, dB',
    of: ({ bap }) => bap,
    digits: 2,
    bars: () => ({ 'source-filter': { floor: 2.7, goal: 2.4 }, flow: { floor: 5 }, wavenet: { floor: 3.7 } }),
  },
  {
    label: 'LSD',
    meaning: 'root mean square distance of envelopes, dB',
    of: ({ lsd }) => lsd,
    digits: 2,
    bars: ({ lsd }) => ({
      'source-filter': { floor: lsd + 0.2, goal: lsd },
      flow: { floor: lsd + 1.7 },
      wavenet: { floor: lsd + 2 },
    }),
  },
  {
    label: 'tex',
    meaning: 'by how much the excitation’s peaks are higher, dB: buzzier above 0',
    of: ({ texture }) => texture,
    digits: 2,
    bars: () => ({}),
  },
]

/**
 * Which bars a trained vocoder misses, by column; null where WORLD was not measured beside it,
 * and no goal where nothing is aimed for.
 */
export function missedBars(
  { figures, trained }: VocoderRow,
  { rows }: VocoderReport,
): { readonly floor: readonly string[]; readonly goal: readonly string[] | null } | null {
  const of = (name: string) => rows.find(({ renderer }) => renderer === name)?.figures
  const [coded, full] = [of('WORLD coded'), of('WORLD')]
  if (coded === undefined || full === undefined || trained === null) return null
  // A student stands in for its teacher: what that kind must hold it must hold, too.
  const judgedAs = trained in teacherKindNames ? teacherKindNames[trained as keyof typeof teacherKindNames] : trained
  const barOf = ({ bars }: Column) => bars(coded, full)[judgedAs]
  const missed = (kind: 'floor' | 'goal') =>
    columns.flatMap((column) => {
      const most = barOf(column)?.[kind]
      return most !== undefined && Math.abs(column.of(figures)) > most ? [column.label] : []
    })
  const isAimed = columns.some((column) => barOf(column)?.goal !== undefined)
  return { floor: missed('floor'), goal: isAimed ? missed('goal') : null }
}

/** A line for each renderer, then what each trained one misses, then what the columns mean. */
export function formatVocoderReport(report: VocoderReport): string {
  const { people, recordingCount, recordedSec, rows } = report
  const header = ['', ...columns.map(({ label }) => label), 'RTF']
  const lines = rows.map(({ renderer, figures, realTimeFactor }) => [
    renderer,
    ...columns.map(({ of, digits }) => of(figures).toFixed(digits)),
    realTimeFactor.toFixed(3),
  ])
  const width = Math.max(12, ...rows.map(({ renderer }) => renderer.length)) + 2
  const nameColumn = (name: string) => name.padEnd(width)
  const verdicts = rows.filter(({ trained }) => trained !== null).flatMap((row) => verdictOf(row, report))
  return `${[
    `Copied from their own features: ${recordingCount} recordings (${recordedSec.toFixed(0)} s) of ${people.join(', ')}. Nobody has listened.`,
    '',
    ...figureTable([header, ...lines]),
    '',
    ...verdicts,
    ...rows.map(({ renderer, meaning }) => `  ${nameColumn(renderer)}${meaning}`),
    '',
    ...columns.map(({ label, meaning }) => `  ${nameColumn(label)}${meaning}`),
    `  ${nameColumn('RTF')}seconds of processor time for a second of sound, without the analysis`,
  ].join('\n')}\n`
}

function verdictOf(row: VocoderRow, report: VocoderReport): string[] {
  const missed = missedBars(row, report)
  if (missed === null) return []
  const told = (kind: 'floor' | 'goal', labels: readonly string[]) =>
    labels.length === 0 ? `reaches the ${kind}` : `misses the ${kind} in ${labels.join(', ')}`
  const { floor, goal } = missed
  return [
    [`${row.renderer}: ${told('floor', floor)}`, ...(goal === null ? [] : [told('goal', goal)])].join('; ') + '.',
    '',
  ]
}
