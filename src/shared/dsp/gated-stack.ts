import { gate } from './gate.ts'
import { isSecondOfPair, PAIR_PRODUCTS } from './paired-taps.ts'
import { addProducts, convolveRows, PANEL_ROWS, packedStride, type PackedRows } from './packed-rows.ts'

/** One dilated layer that is told a condition. */
export interface PackedGatedLayer {
  readonly dilation: number
  /**
   * Panels of four tangents and their gates, which are halved (σ(b) = (1 + tanh(b / 2)) / 2), of the four
   * products that pairs of rows make of three taps of all channels (`paired-taps.ts`), and then of the numbers beside
   * each row: [panel][4 · channels + extras][8].
   */
  readonly gates: Float32Array
  /** From the condition to the sums that the gates start from, in the same order. */
  readonly condition: PackedRows
  /** What goes on, then what is heard; of the last layer only this. */
  readonly mix: PackedRows
}

/** The network of a flow, all rows at once: gated (van den Oord et al. 2016), skips added up. */
export interface GatedStack {
  /** A multiple of eight, of what goes on and of what is heard. */
  readonly channels: number
  /** A multiple of eight, of what a layer's gates let through. */
  readonly gated: number
  /** Taps reach back only, not to both sides. */
  readonly isCausal: boolean
  /** Numbers beside each row that every layer hears. */
  readonly extras: number
  /** One tap, or where it hears both sides an odd number of them. */
  readonly front: PackedRows
  readonly isFrontRectified: boolean
  readonly layers: readonly PackedGatedLayer[]
  /** What goes on is added to what there was, times this. */
  readonly residualGain: number
  /** From the skips to the result, rows on their own. */
  readonly tail: readonly { readonly layer: PackedRows; readonly isInputRectified: boolean }[]
}

/** What a stack is told, and where each of its rows stands in it. */
export interface StackCondition {
  /** Where the first of these rows lies in the whole sound: rows are computed in pairs, which no cut may change. */
  readonly firstRow: number
  /** [frames, width] */
  readonly told: Float32Array
  /** Of each row: the frame before it, and how far it is on the way to the next one, 0 … 1. */
  readonly frames: Int32Array
  readonly parts: Float32Array
  /** [rows, extras] */
  readonly extras: Float32Array
}

/**
 * @param x [rows, inputs], zeros around it
 * @returns [rows, `packedStride` of the last layer]
 */
export type RunGatedStack = (
  stack: GatedStack,
  x: Float32Array,
  rows: number,
  condition: StackCondition,
) => Float32Array

export const LAYER_TAPS = 3

export const largestDilation = ({ layers }: GatedStack): number =>
  layers.reduce((most, { dilation }) => Math.max(most, dilation), 0)

/** Rows before the first tap's, of a convolution of so many taps. */
export const rowsBefore = ({ isCausal }: Pick<GatedStack, 'isCausal'>, taps: number, dilation: number): number =>
  isCausal ? (taps - 1) * dilation : ((taps - 1) * dilation) / 2

/** Rows before one that it hears, and behind it where it is not causal. */
export const stackReach = (stack: GatedStack): number =>
  stack.layers.reduce(
    (sum, { dilation }) => sum + rowsBefore(stack, LAYER_TAPS, dilation),
    rowsBefore(stack, stack.front.taps, 1),
  )

/**
 * The stack, all in f32 and one order whatever the number of rows: rows with their reach around them, and told their
 * place, have the bits that they have in the whole. The plain twin of the kernel `gated-stack`, which gives the same bits.
 */
export const runGatedStack: RunGatedStack = (stack, x, rows, condition) => {
  const { channels: C, front, layers, residualGain, tail } = stack
  let h = new Float32Array(rows * C)
  convolveRows(front, padded(x, front.taps - 1, rowsBefore(stack, front.taps, 1), front.inputs), 1, rows, h)
  if (stack.isFrontRectified) rectify(h)
  const skips = new Float32Array(rows * C)
  layers.forEach((layer, index) => {
    const isLast = index === layers.length - 1
    const mixed = new Float32Array(rows * packedStride(layer.mix))
    convolveRows(layer.mix, gatedRows(stack, layer, h, rows, condition), 1, rows, mixed)
    const next = new Float32Array(rows * C)
    for (let row = 0; row < rows; row++)
      for (let c = 0; c < C; c++) {
        const at = row * C + c
        const from = (isLast ? row : 2 * row) * C + c
        if (!isLast) next[at] = Math.fround(h[at] + mixed[from]) * residualGain
        skips[at] += mixed[isLast ? from : from + C]
      }
    h = next
  })
  let y: Float32Array = skips
  for (const { layer, isInputRectified } of tail) {
    if (isInputRectified) rectify(y)
    const result = new Float32Array(rows * packedStride(layer))
    convolveRows(layer, y, 1, rows, result)
    y = result
  }
  return y
}

function gatedRows(
  stack: GatedStack,
  { dilation, gates, condition }: PackedGatedLayer,
  h: Float32Array,
  rows: number,
  { firstRow, told, frames, parts, extras: beside }: StackCondition,
): Float32Array {
  const { channels: C, gated: G, extras } = stack
  const around = padded(h, 2 * dilation, rowsBefore(stack, LAYER_TAPS, dilation), C)
  const frameCount = told.length / condition.inputs
  // One more than there are, which nothing is taken of.
  const held = new Float32Array((frameCount + 1) * 2 * G)
  convolveRows(condition, told, 1, frameCount, held)
  const z = new Float32Array(rows * G)
  const sums = new Float32Array(PANEL_ROWS)
  const inputs = new Float32Array(PAIR_PRODUCTS * C)
  const products = Array.from({ length: PAIR_PRODUCTS }, () => new Float32Array(PANEL_ROWS))
  for (let row = 0; row < rows; row++) {
    const isSecond = isSecondOfPair(firstRow + row, dilation)
    pairInputs(around, row * C, dilation * C, isSecond, inputs)
    let at = 0
    for (let panel = 0; panel < 2 * G; panel += PANEL_ROWS) {
      const from = frames[row] * 2 * G + panel
      products.forEach((product, index) => {
        product.fill(0)
        at = addProducts(gates, at, inputs, index * C, C, product)
      })
      for (let i = 0; i < PANEL_ROWS; i++) {
        const way = Math.fround(held[from + 2 * G + i] - held[from + i])
        const start = Math.fround(held[from + i] + Math.fround(parts[row] * way))
        sums[i] = start + heardInPair(products, i, isSecond)
      }
      at = addProducts(gates, at, beside, row * extras, extras, sums)
      for (let i = 0; i < 4; i++) z[row * G + panel / 2 + i] = gate(sums[i], sums[4 + i])
    }
  }
  return z
}

/**
 * What a row's pair multiplies, of the row's own three taps alone: the fourth product of a first row and the first one
 * of a second are not its own.
 */
function pairInputs(x: Float32Array, first: number, apart: number, isSecond: boolean, inputs: Float32Array): void {
  const C = inputs.length / PAIR_PRODUCTS
  for (let c = 0; c < C; c++) {
    const [earliest, middle, latest] = [x[first + c], x[first + apart + c], x[first + 2 * apart + c]]
    const [d1, d2] = isSecond ? [earliest, middle] : [middle, latest]
    inputs[c] = isSecond ? 0 : earliest - latest
    inputs[C + c] = d1 + d2
    inputs[2 * C + c] = d2 - d1
    inputs[3 * C + c] = isSecond ? earliest - latest : 0
  }
}

function heardInPair([m0, m1, m2, m3]: readonly Float32Array[], i: number, isSecond: boolean): number {
  return isSecond ? Math.fround(Math.fround(m1[i] - m2[i]) - m3[i]) : Math.fround(Math.fround(m0[i] + m1[i]) + m2[i])
}

/** Zeros around rows, so many of them together, and of these so many before. */
function padded(x: Float32Array, zeros: number, before: number, width: number): Float32Array {
  const around = new Float32Array(x.length + zeros * width)
  around.set(x, before * width)
  return around
}

function rectify(x: Float32Array): void {
  for (let index = 0; index < x.length; index++) x[index] = 0 < x[index] ? x[index] : 0
}
