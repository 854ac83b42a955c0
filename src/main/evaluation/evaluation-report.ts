/** What `understudy evaluate` finds: one row per system, means over pairs. Null where a figure can't be told. */
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
  /** What the reader must know to trust or doubt the rows. */
  readonly notes: readonly string[]
}

export interface SystemRow {
  readonly system: string
  readonly n: number
  readonly raw: number | null
  readonly cmn: number | null
  readonly mfcc: number | null
  readonly src: number | null
  readonly pcor: number | null
  readonly near: number | null
  readonly nearChance: number | null
  readonly dm: number | null
  readonly parallelCount: number
  readonly content: number | null
  readonly gv: number | null
  readonly pitchMedianCents: number | null
  readonly pitchGross: number | null
  readonly voicing: number | null
  readonly loudnessDb: number | null
  readonly roughness: number | null
  readonly clicks: number | null
  readonly clipped: number | null
  readonly octaveCents: number | null
  readonly octaveBreathDb: number | null
  /** Pairs that were moved by an octave or more. */
  readonly octaveCount: number
}

/** The rows' figures in the order printed, each with what it means. */
export const figureMeanings = [
  ['raw', 'share that the envelope judge takes for the target; an equalizer alone reaches most of it'],
  ['cmn', 'the same with each clip’s mean removed: no equalizer can move it'],
  ['mfcc', 'share that an independent judge of cepstral statistics takes for the target'],
  ['src', 'share that the cmn judge still takes for the source person'],
  ['pcor', 'correlation with the target’s own reading of the same words along the time-warped path'],
  ['near', 'share of votes by which the target’s reading is the nearest of all persons’ (chance in brackets)'],
  ['dm', 'by how many dB the result is nearer to the target’s reading than to the others’'],
  [
    'content',
    'share of frames that a judge of the text, trained on others’ readings, places rightly; compare with unconverted',
  ],
  ['gv', 'liveliness: variance of the cepstra over the target’s own; 1 is as lively'],
  [
    'pitch',
    'median distance from the source’s pitch after transposition, frames 25 ms inside voiced stretches of both, cents',
  ],
  ['gross', 'share of frames voiced in both that are off by more than half a semitone'],
  ['vuv', 'share of frames voiced in one and not in the other'],
  [
    'level',
    'median difference of the level of 50 ms over time after one gain for the whole, dB; parts 30 dB under the loudest left out',
  ],
  ['rough', 'how unlike neighboring periods are, against the source’s; 1 is as before, more is rougher'],
  [
    'clicks',
    'sharpest corners (largest over usual second difference, 99th percentile of stretches) against the source’s',
  ],
  ['clip', 'samples at full scale'],
  ['8ve', 'pitch as above, of pairs moved by an octave or more (how many in brackets)'],
  ['breath', 'of these pairs, how far the harmonics-to-noise ratio is from the target’s own, mean of five bands, dB'],
] as const

/** A table for the terminal, with a line for each figure below. */
export function formatReport(report: EvaluationReport): string {
  const header = ['system', 'n', ...figureMeanings.map(([name]) => name)]
  const rows = [header, ...report.systems.map(rowCells)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const table = rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    )
    .join('\n')
  const { judgeAccuracy } = report
  const judges = `Judges on real recordings they never heard (n = ${judgeAccuracy.n}, ${report.persons.length} persons, chance ${share(1 / report.persons.length)}): raw ${share(judgeAccuracy.raw)}, cmn ${share(judgeAccuracy.centered)}, mfcc ${share(judgeAccuracy.cepstral)}.`
  const meanings = figureMeanings.map(([name, meaning]) => `  ${name.padEnd(9)}${meaning}`).join('\n')
  const uncertainty = `A share of n trials is uncertain by about ±√(p(1−p)/n), one standard error; nobody has listened. Seed ${report.seed}, preset ${report.preset}.`
  return `${judges}\nTargets: ${report.targets.join(', ')}\n\n${table}\n\n${meanings}\n\n${uncertainty}\n${report.notes.map((note) => `${note}\n`).join('')}`
}

function rowCells(row: SystemRow): string[] {
  return [
    row.system,
    String(row.n),
    share(row.raw),
    share(row.cmn),
    share(row.mfcc),
    share(row.src),
    number(row.pcor, 3),
    row.near === null ? '–' : `${share(row.near)} (${share(row.nearChance)})`,
    number(row.dm, 2),
    number(row.content, 3),
    number(row.gv, 2),
    number(row.pitchMedianCents, 1),
    number(row.pitchGross, 3),
    number(row.voicing, 3),
    number(row.loudnessDb, 2),
    number(row.roughness, 2),
    number(row.clicks, 2),
    number(row.clipped, 0),
    row.octaveCount === 0 ? '–' : `${number(row.octaveCents, 1)} (${row.octaveCount})`,
    number(row.octaveBreathDb, 1),
  ]
}

const number = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits))
const share = (value: number | null): string => number(value, 2)
