import { assert } from '../../base/assert.ts'
import { equalize, type SamplerPeaks } from '../calibration.ts'
import { gateRowsFrom, headRowsFrom, PANEL_ROWS, type Rows, type SamplerDecoder } from '../decoder.ts'
import {
  integerKinds,
  quantizeBias,
  quantizePanels,
  quantizePitch,
  sumsPerOutput,
  zeroSum,
  type IntegerKind,
  type IntegerPanels,
  type PanelSource,
} from './panels.ts'
import { GATE_UNIT } from './tables.ts'

/** A decoder in whole numbers: streams in units of a power of two, activations in a format of each layer. */
export interface IntegerDecoder {
  readonly kind: IntegerKind
  readonly residual: number
  readonly skip: number
  readonly levels: number
  readonly dilations: readonly number[]
  readonly first: IntegerFirst
  readonly firstSkip: IntegerFirst
  /** The same of the samples around one period back: [rows × taps]. */
  readonly lags: IntegerLags | null
  readonly layers: readonly IntegerLayer[]
  readonly headFormat: ActivationFormat
  readonly head: IntegerPanels
  readonly headPitch: Int16Array | null
  readonly logitsFormat: ActivationFormat
  readonly logits: IntegerPanels
  readonly logitsBias: Int32Array
  readonly condition: IntegerCondition
  /** A score times this / temperature, shifted right by 16, is a power of two in 2^-16. */
  readonly sharpness: number
}

export interface IntegerLayer {
  readonly format: ActivationFormat
  readonly gate: IntegerPanels
  readonly pitch: Int16Array | null
  readonly mix: IntegerPanels
  readonly mixBias: Int32Array
}

/** [rows × (newer, older, bias)], shifted right once they are added up. */
export interface IntegerFirst {
  readonly values: Int32Array
  readonly shift: number
}

export interface IntegerLags {
  readonly toStream: IntegerFirst
  readonly toSkips: IntegerFirst
}

/** How a stream of 32 bits becomes activations: shifted into 16 bits, then times a fraction of 2^15, rounded. */
export interface ActivationFormat {
  readonly shift: number
  readonly multiplier: number
}

/** From f32 to what a row's sum starts from. */
export interface IntegerCondition {
  readonly scales: Float32Array
  /** Beyond it on either side a start is held, per panel. */
  readonly limits: Float32Array
  /** What the activations' zero adds, in the condition's own unit, per row: to be taken from the bias. */
  readonly zeros: Float64Array
}

/** Room above what was reached while the decoder was measured. 7 bits are too few to spend them on it. */
const MARGIN: Readonly<Record<IntegerKind, number>> = { w16a14: 1.5, w8a7: 1.1 }
/** Fractional bits of the streams: finer ones change nothing. */
const STREAM_BITS: Readonly<Record<IntegerKind, number>> = { w16a14: 20, w8a7: 16 }
const LEAST_STREAM_BITS = 8
const HIDDEN_BITS = 16
const SCORE_BITS = 16

/**
 * A decoder in whole numbers, as fine as 32 bits allow. No sum can leave them, whatever is sung.
 * @param peaks of the same decoder, singing something like what it will sing
 */
export function quantizeDecoder(source: SamplerDecoder, found: SamplerPeaks, kind: IntegerKind): IntegerDecoder {
  const { decoder, peaks } = equalize(source, found)
  const { residual, skip, levels, dilations } = decoder
  const margin = MARGIN[kind]
  const facts = integerKinds[kind]
  const residualBits = streamBits(kind, decoder, 0, residual)
  const skipBits = streamBits(kind, decoder, residual, residual + skip)

  const formats = peaks.layers.map((layer) =>
    formatFor(margin * greatestOf(layer), residualBits, facts.greatestActivation),
  )
  const { condition } = decoder
  const layers = decoder.layers.map(({ gate, mix, mixBias }, index): IntegerLayer => {
    const [from, to] = [gateRowsFrom(decoder, index), gateRowsFrom(decoder, index + 1)]
    const unit = GATE_UNIT * activationUnit(formats[index], residualBits)
    const pitch = condition.pitch && condition.pitch.subarray(from, to).map((value) => value * GATE_UNIT)
    const gates = fitted(kind, { weights: scaled(gate, () => unit), pitch })
    const streamUnit = (row: number) => 2 ** (row < residual ? residualBits : skipBits)
    const bias = mixBias.map((value, row) => value * streamUnit(row))
    const mixed = fitted(kind, { weights: scaled(mix, (row) => streamUnit(row) / facts.gatedUnit), bias })
    return {
      format: formats[index],
      gate: gates,
      pitch: pitch && quantizePitch(gates, pitch),
      mix: mixed,
      mixBias: quantizeBias(kind, mixed, bias),
    }
  })

  // Skips and scores are few: 16 bits whatever the layers have.
  const headFacts = integerKinds.w16a14
  const headFormat = formatFor(MARGIN.w16a14 * greatestOf(peaks.skips), skipBits, headFacts.greatestActivation)
  const headUnit = 2 ** HIDDEN_BITS
  const headPitch = condition.pitch && condition.pitch.subarray(headRowsFrom(decoder)).map((value) => value * headUnit)
  const head = fitted('w16a14', {
    weights: scaled(decoder.head, () => headUnit * activationUnit(headFormat, skipBits)),
    pitch: headPitch,
  })
  const logitsFormat = formatFor(MARGIN.w16a14 * greatestOf(peaks.hidden), HIDDEN_BITS, headFacts.greatestActivation)
  const logits = quantizeLogits(decoder, activationUnit(logitsFormat, HIDDEN_BITS))
  return {
    kind,
    residual,
    skip,
    levels,
    dilations,
    first: quantizeFirst(decoder.first, residualBits),
    firstSkip: quantizeFirst(decoder.firstSkip, skipBits),
    lags: decoder.lags && {
      toStream: quantizeLags(decoder.lags.toStream, residualBits),
      toSkips: quantizeLags(decoder.lags.toSkips, skipBits),
    },
    layers,
    headFormat,
    head,
    headPitch: headPitch && quantizePitch(head, headPitch),
    logitsFormat,
    ...logits,
    condition: quantizeCondition(kind, layers, head),
  }
}

/** Fractional bits that a stream can have, so that nothing that is added to it in all layers leaves 32 bits. */
function streamBits(kind: IntegerKind, decoder: SamplerDecoder, fromRow: number, toRow: number): number {
  const first = fromRow === 0 ? decoder.first : decoder.firstSkip
  const lags = fromRow === 0 ? decoder.lags?.toStream : decoder.lags?.toSkips
  let most = 0
  for (let row = fromRow; row < toRow; row++) {
    const own = first.values.subarray((row - fromRow) * 3, (row - fromRow) * 3 + 3)
    let reach = (Math.abs(own[0]) + Math.abs(own[1])) * (decoder.levels - 1) + Math.abs(own[2])
    if (lags !== undefined) reach += rowReach(lags, row - fromRow) * (decoder.levels - 1)
    for (const { mix, mixBias } of decoder.layers) {
      for (let column = 0; column < mix.columns; column++) reach += Math.abs(mix.values[row * mix.columns + column])
      reach += Math.abs(mixBias[row])
    }
    most = Math.max(most, reach)
  }
  const bits = Math.min(STREAM_BITS[kind], Math.floor(Math.log2(2 ** 30 / Math.max(most, 1e-9))))
  assert(bits >= LEAST_STREAM_BITS, `a stream that reaches ${most} does not fit 32 bits`)
  return bits
}

function formatFor(reach: number, streamBits: number, greatest: number): ActivationFormat {
  const whole = Math.max(reach, 1e-6) * 2 ** streamBits
  const shift = Math.max(Math.ceil(Math.log2(whole / 32767)), 0)
  return { shift, multiplier: Math.min(Math.round((32768 * greatest * 2 ** shift) / whole), 32767) }
}

/** What an activation of 1 is of the stream's own unit. */
const activationUnit = ({ shift, multiplier }: ActivationFormat, streamBits: number): number =>
  (2 ** shift * 32768) / multiplier / 2 ** streamBits

function fitted(kind: IntegerKind, source: PanelSource): IntegerPanels {
  const panels = quantizePanels(kind, source)
  assert(panels !== null, `weights are too large for ${kind}`)
  return panels
}

function quantizeFirst({ values }: Rows, bits: number): IntegerFirst {
  let most = 0
  for (let at = 0; at < values.length; at += 3)
    most = Math.max(most, (Math.abs(values[at]) + Math.abs(values[at + 1])) * 255 + Math.abs(values[at + 2]))
  const shift = Math.max(Math.min(Math.floor(Math.log2(2 ** 30 / (Math.max(most, 1e-9) * 2 ** bits))), 12), 0)
  return { values: Int32Array.from(values, (value) => Math.round(value * 2 ** (bits + shift))), shift }
}

/** The same of samples that have no bias between them. */
function quantizeLags(rows: Rows, bits: number): IntegerFirst {
  let most = 1e-9
  for (let row = 0; row < rows.rows; row++) most = Math.max(most, rowReach(rows, row) * 255)
  const shift = Math.max(Math.min(Math.floor(Math.log2(2 ** 30 / (most * 2 ** bits))), 12), 0)
  return { values: Int32Array.from(rows.values, (value) => Math.round(value * 2 ** (bits + shift))), shift }
}

const rowReach = ({ columns, values }: Rows, row: number): number =>
  values.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + Math.abs(value), 0)

/** Scores are logarithms to the base of two in 2^-16, or coarser where they would not fit. */
function quantizeLogits(
  { logits, logitsBias }: SamplerDecoder,
  unit: number,
): Pick<IntegerDecoder, 'logits' | 'logitsBias' | 'sharpness'> {
  for (let bits = SCORE_BITS; bits >= 0; bits--) {
    const factor = 2 ** bits / Math.LN2
    const bias = logitsBias.map((value) => value * factor)
    const panels = quantizePanels('w16a14', { weights: scaled(logits, () => factor * unit), bias })
    if (panels === null) continue
    const sharpness = 2 ** (32 - bits)
    return { logits: panels, logitsBias: quantizeBias('w16a14', panels, bias), sharpness }
  }
  throw new Error('the scores are too large for 32 bits')
}

function quantizeCondition(kind: IntegerKind, layers: readonly IntegerLayer[], head: IntegerPanels): IntegerCondition {
  const parts = [
    ...layers.map(({ gate }) => ({ panels: gate, kind, unit: GATE_UNIT })),
    { panels: head, kind: 'w16a14' as const, unit: 2 ** HIDDEN_BITS },
  ]
  const scales = parts.flatMap(({ panels, unit }) =>
    Array.from({ length: panels.rows }, (_, row) => unit * sumsPerOutput(panels, row)),
  )
  const zeros = parts.flatMap(({ panels, kind }) =>
    Array.from({ length: panels.rows }, (_, row) => zeroSum(kind, panels, row)),
  )
  return {
    scales: Float32Array.from(scales),
    limits: Float32Array.from(
      parts.flatMap(({ panels, kind }) =>
        Array<number>(panels.rows / PANEL_ROWS).fill(integerKinds[kind].greatestStart),
      ),
    ),
    zeros: Float64Array.from(zeros, (zero, row) => zero / scales[row]),
  }
}

const scaled = ({ rows, columns, values }: Rows, factor: (row: number) => number): Rows => ({
  rows,
  columns,
  values: values.map((value, at) => value * factor(Math.floor(at / columns))),
})

const greatestOf = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, value), 0)
