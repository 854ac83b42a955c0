import { PANEL_ROWS, type Rows } from '../decoder.ts'

/** Bits of weights and activations: sums of 16 times 14 bits, or of 8 times 7, stay in 32. */
export type IntegerKind = 'w16a14' | 'w8a7'

export interface IntegerKindFacts {
  readonly weightBytes: 1 | 2
  readonly greatestWeight: number
  /** Activations are ± this around their zero. */
  readonly greatestActivation: number
  readonly zeroActivation: number
  /** What a gated output of 1 is. */
  readonly gatedUnit: number
  /** The greatest sum of magnitudes of a row's weights. */
  readonly greatestRow: number
  /** Of what a panel starts from: room for the rest of a sum. */
  readonly greatestStart: number
}

export const integerKinds: Readonly<Record<IntegerKind, IntegerKindFacts>> = {
  w16a14: {
    weightBytes: 2,
    greatestWeight: 32767,
    greatestActivation: 8191,
    zeroActivation: 0,
    gatedUnit: 8192,
    // Together under 2^31 with the start and the pitch.
    greatestRow: 2 ** 30 / 8192,
    greatestStart: 2 ** 29,
  },
  w8a7: {
    weightBytes: 1,
    greatestWeight: 127,
    greatestActivation: 63,
    zeroActivation: 64,
    gatedUnit: 63,
    // Times 127 and a multiplier under 512.
    greatestRow: 16_500,
    greatestStart: 2 ** 20,
  },
}

/** Pitch is 0…this many. */
export const PITCH_UNIT = 8192
const GREATEST_PITCH_WEIGHT = 32767
const GREATEST_MULTIPLIER = 511
/** Finer weights than this change nothing. */
const MOST_SHIFT = 24

/**
 * A matrix in integers. A row's sum of weights times activations, with bytes times the row's multiplier, is the output
 * once it is shifted right by its panel's shift.
 */
export interface IntegerPanels {
  readonly rows: number
  readonly columns: number
  readonly values: Int16Array | Int8Array
  /** Of each panel of 8 rows. */
  readonly shifts: Int32Array
  /** Of each row, for bytes. */
  readonly multipliers: Int32Array | null
}

export interface PanelSource {
  /** In outputs per unit of an activation. */
  readonly weights: Rows
  /** What every sum starts from, in outputs, per row. */
  readonly bias?: Float64Array
  /** In outputs per pitch of 1, per row. */
  readonly pitch?: Float64Array | null
}

/** How many units of a row's sum make one output. */
export const sumsPerOutput = ({ shifts, multipliers }: IntegerPanels, row: number): number =>
  2 ** shifts[Math.floor(row / PANEL_ROWS)] / (multipliers?.[row] ?? 1)

/** As fine as sums of 32 bits allow; null where not even whole outputs fit. */
export function quantizePanels(kind: IntegerKind, source: PanelSource): IntegerPanels | null {
  const facts = integerKinds[kind]
  const { rows, columns, values } = source.weights
  const integers = facts.weightBytes === 1 ? new Int8Array(values.length) : new Int16Array(values.length)
  const shifts = new Int32Array(rows / PANEL_ROWS)
  const multipliers = facts.weightBytes === 1 ? new Int32Array(rows) : null
  for (let panel = 0; panel < shifts.length; panel++) {
    const own = Array.from({ length: PANEL_ROWS }, (_, row) => PANEL_ROWS * panel + row)
    const finest = own.map((row) => finestScale(facts, source, row))
    const most = Math.min(...finest, 2 ** MOST_SHIFT)
    const reach = multipliers === null ? most : Math.min(GREATEST_MULTIPLIER * most, pitchScale(source, own))
    const shift = Math.min(Math.floor(Math.log2(reach)), MOST_SHIFT)
    if (shift < 0) return null
    shifts[panel] = shift
    own.forEach((row, index) => {
      const multiplier = Math.max(Math.ceil(2 ** shift / finest[index]), 1)
      if (multipliers !== null) multipliers[row] = multiplier
      const scale = 2 ** shift / (multipliers === null ? 1 : multiplier)
      for (let at = row * columns; at < (row + 1) * columns; at++) integers[at] = Math.round(values[at] * scale)
    })
  }
  return { rows, columns, values: integers, shifts, multipliers }
}

/** The most that a row's weights may be multiplied by. */
function finestScale(facts: IntegerKindFacts, source: PanelSource, row: number): number {
  const { columns, values } = source.weights
  let greatest = 0
  let sum = 0
  for (let at = row * columns; at < (row + 1) * columns; at++) {
    greatest = Math.max(greatest, Math.abs(values[at]))
    sum += Math.abs(values[at])
  }
  const bias = Math.abs(source.bias?.[row] ?? 0)
  const limits = [facts.greatestWeight / greatest, facts.greatestRow / sum, facts.greatestStart / bias, 2 ** MOST_SHIFT]
  return Math.min(...limits, facts.weightBytes === 2 ? pitchScale(source, [row]) : Infinity)
}

/** The most that the rows' weights of the pitch may be multiplied by. */
const pitchScale = ({ pitch }: PanelSource, rows: readonly number[]): number =>
  Math.min(...rows.map((row) => (GREATEST_PITCH_WEIGHT * PITCH_UNIT) / Math.abs(pitch?.[row] ?? 0)))

/** The pitch's weights: times the pitch in `PITCH_UNIT`s they add to a row's sum, of bytes after its multiplier. */
export const quantizePitch = ({ shifts }: IntegerPanels, pitch: Float64Array): Int16Array =>
  Int16Array.from(pitch, (value, row) => Math.round((value / PITCH_UNIT) * 2 ** shifts[Math.floor(row / PANEL_ROWS)]))

/** What a row's sum starts from, less what the activations' zero adds to it. */
export const quantizeBias = (kind: IntegerKind, panels: IntegerPanels, bias: Float64Array): Int32Array =>
  Int32Array.from(bias, (value, row) => Math.round(value * sumsPerOutput(panels, row)) - zeroSum(kind, panels, row))

/** What a row adds up to where all activations are zero. */
export function zeroSum(kind: IntegerKind, { columns, values }: IntegerPanels, row: number): number {
  let sum = 0
  for (let at = row * columns; at < (row + 1) * columns; at++) sum += values[at]
  return integerKinds[kind].zeroActivation * sum
}
