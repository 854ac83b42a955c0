import { assert } from '../base/assert.ts'
import { LAYER_TAPS } from '../dsp/gated-stack.ts'
import { packRows, type OutputOrder, type PackedRows } from '../dsp/packed-rows.ts'
import { PAIR_PRODUCTS, pairedTaps } from '../dsp/paired-taps.ts'
import type { NetworkParameters } from './definition.ts'

/** What layers of several networks have in common when they are laid out for `dsp/gated-stack.ts` and `dsp/causal-stack.ts`. */

export type Parameters = NetworkParameters

export function storedNamed(parameters: Parameters, name: string) {
  const found = parameters.get(name)
  assert(found !== undefined, `parameter ${name} is missing`)
  return found
}

export const valuesOf = (parameters: Parameters, name: string): Float32Array => storedNamed(parameters, name).values

/** `<name>/weight` with `<name>/bias`, where it has one. */
export const packedNamed = (parameters: Parameters, name: string): PackedRows =>
  packRows(storedNamed(parameters, `${name}/weight`), parameters.get(`${name}/bias`)?.values)

/** Tangents stand before gates; a panel takes four of each. Gates are halved: σ(b) = (1 + tanh(b / 2)) / 2. */
const panelOrder = (channels: number): readonly OutputOrder[] =>
  Array.from({ length: 2 * channels }, (_, output) => {
    const channel = 4 * Math.floor(output / 8) + (output % 4)
    return output % 8 < 4 ? { row: channel, gain: 1 } : { row: channels + channel, gain: 0.5 }
  })

/**
 * All taps of a layer, and behind them what it hears beside each row.
 * @param extra of a layer [2 · channels, extras, 1], or null
 */
export function packedGates(parameters: Parameters, name: string, extra: string | null): Float32Array {
  const { shape } = storedNamed(parameters, `${name}/weight`)
  return gatesOf(parameters, name, extra, { count: shape[2], tapsOf: (taps) => taps })
}

/** The same of three taps, as pairs of rows multiply them: of a layer of `dsp/gated-stack.ts`. */
export function pairedGates(parameters: Parameters, name: string, extra: string | null): Float32Array {
  const { shape } = storedNamed(parameters, `${name}/weight`)
  assert(shape[2] === LAYER_TAPS, `${name} has ${shape[2]} taps, and pairs of rows hear ${LAYER_TAPS}`)
  return gatesOf(parameters, name, extra, { count: PAIR_PRODUCTS, tapsOf: ([g0, g1, g2]) => pairedTaps(g0, g1, g2) })
}

function gatesOf(
  parameters: Parameters,
  name: string,
  extra: string | null,
  { count, tapsOf }: { readonly count: number; readonly tapsOf: (taps: Float32Array) => ArrayLike<number> },
): Float32Array {
  const heard = storedNamed(parameters, `${name}/weight`)
  const beside = extra === null ? null : storedNamed(parameters, `${extra}/weight`)
  const [rows, channels, taps] = heard.shape
  const extras = beside?.shape[1] ?? 0
  const wide = count * channels + extras
  const values = new Float32Array(rows * wide)
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (row * channels + channel) * taps
      const multiplied = tapsOf(heard.values.subarray(from, from + taps))
      for (let tap = 0; tap < count; tap++) values[row * wide + tap * channels + channel] = multiplied[tap]
    }
    for (let index = 0; index < extras; index++)
      values[row * wide + count * channels + index] = beside?.values[row * extras + index] ?? 0
  }
  return packRows({ shape: [rows, wide, 1], values }, undefined, panelOrder(rows / 2)).weights
}

interface LayerCondition {
  /** Of the projection, whose rows for this layer begin at `firstRow`. */
  readonly condition: string
  readonly firstRow: number
  /** Of the layer itself, whose bias is added. */
  readonly bias: string
  readonly channels: number
}

/** What a layer's sums start from: its condition with all biases. */
export function conditionOfLayer(
  parameters: Parameters,
  { condition, firstRow, bias, channels }: LayerCondition,
): PackedRows {
  const weight = storedNamed(parameters, `${condition}/weight`)
  const own = parameters.get(`${condition}/bias`)?.values
  const added = parameters.get(`${bias}/bias`)?.values
  const inputs = weight.shape[1]
  const values = weight.values.subarray(firstRow * inputs, (firstRow + 2 * channels) * inputs)
  const sums = Float32Array.from(
    { length: 2 * channels },
    (_, row) => (own?.[firstRow + row] ?? 0) + (added?.[row] ?? 0),
  )
  return packRows({ shape: [2 * channels, inputs, 1], values }, sums, panelOrder(channels))
}
