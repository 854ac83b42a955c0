import { gate } from './gate.ts'
import { addProducts, convolveRows, PANEL_ROWS, packedStride, type PackedRows } from './packed-rows.ts'

/** One dilated layer that hears what was, and what is. */
export interface PackedCausalLayer {
  readonly dilation: number
  /**
   * Panels of four tangents and their gates, which are halved (σ(b) = (1 + tanh(b / 2)) / 2), of all channels a dilation
   * ago and then of all channels now: [panel][2 · channels][8].
   */
  readonly gates: Float32Array
  /** From what is told to the sums that the gates start from, in the same order. */
  readonly condition: PackedRows
  /** What goes on, then what is heard. */
  readonly mix: PackedRows
}

/** A network that tells each sample from those before it (van den Oord et al. 2016), skips added up. */
export interface CausalStack {
  /** Both multiples of eight. */
  readonly channels: number
  readonly skip: number
  readonly front: PackedRows
  readonly layers: readonly PackedCausalLayer[]
  /** What goes on is added to what there was, times this. */
  readonly residualGain: number
  /** From the skips to the result, none of them under 0, one after the other. */
  readonly tail: readonly PackedRows[]
}

/** A stack on its way: it remembers what it heard. */
export interface CausalStream {
  /** The next frame of what it is told: from the one before to this one it goes over in straight lines. */
  tell(told: Float32Array): void
  /**
   * One sample.
   * @param part how far it is on the way from the frame before to the last, 0 … 1
   * @returns [`packedStride` of the last layer], void after the next call
   */
  next(x: Float32Array, part: number): Float32Array
}

/** From silence. */
export type OpenCausalStack = (stack: CausalStack) => CausalStream

/**
 * All in f32 and one order, products and sums rounded apart: what follows from what was sung has to be the same on every
 * machine. The plain twin of the kernel `causal-stack`, which gives the same bits.
 */
export const openCausalStack: OpenCausalStack = ({ channels: C, skip, front, layers, residualGain, tail }) => {
  const queues = layers.map(({ dilation }) => new Float32Array(dilation * C))
  let before: readonly Float32Array[] = layers.map(() => new Float32Array(2 * C))
  let after: readonly Float32Array[] = layers.map(() => new Float32Array(2 * C))
  let sample = 0
  /** What was, then what is. */
  const row = new Float32Array(2 * C)
  const now = row.subarray(C)
  const sums = new Float32Array(PANEL_ROWS)
  const gated = new Float32Array(C)
  const skips = new Float32Array(skip)

  function product(layer: PackedRows, x: Float32Array): Float32Array {
    const y = new Float32Array(packedStride(layer))
    convolveRows(layer, x, 1, 1, y)
    return y
  }

  function run({ dilation, gates, mix }: PackedCausalLayer, layer: number, part: number): void {
    const slot = queues[layer].subarray((sample % dilation) * C, (sample % dilation) * C + C)
    row.set(slot)
    slot.set(now)
    let at = 0
    for (let panel = 0; panel < 2 * C; panel += PANEL_ROWS) {
      for (let i = 0; i < PANEL_ROWS; i++) {
        const start = before[layer][panel + i]
        sums[i] = start + Math.fround(part * Math.fround(after[layer][panel + i] - start))
      }
      at = addProducts(gates, at, row, 0, 2 * C, sums)
      for (let i = 0; i < 4; i++) gated[panel / 2 + i] = gate(sums[i], sums[4 + i])
    }
    const mixed = product(mix, gated)
    for (let c = 0; c < C; c++) now[c] = Math.fround(now[c] + mixed[c]) * residualGain
    for (let c = 0; c < skip; c++) skips[c] += mixed[C + c]
  }

  return {
    tell(told) {
      before = after
      after = layers.map(({ condition }) => product(condition, told))
    },
    next(x, part) {
      now.set(product(front, x))
      skips.fill(0)
      const rounded = Math.fround(part)
      layers.forEach((layer, index) => run(layer, index, rounded))
      sample++
      return tail.reduce<Float32Array>(
        (y, layer) =>
          product(
            layer,
            y.map((value) => (0 < value ? value : 0)),
          ),
        skips,
      )
    },
  }
}
