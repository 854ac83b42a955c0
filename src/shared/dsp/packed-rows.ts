/** Outputs that are computed together. */
export const PANEL_ROWS = 8

/** A convolution over rows of f32, laid out for one contiguous inner loop. */
export interface PackedRows {
  readonly inputs: number
  readonly outputs: number
  readonly taps: number
  /** [panel][tap][input][8], outputs padded to whole panels by zeros. */
  readonly weights: Float32Array
  /** Of whole panels. */
  readonly bias: Float32Array
}

/** Numbers with their shape [out, in, taps], the last dimension running fastest. */
export interface ShapedWeights {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Where an output lies among the stored ones, and by what it is multiplied. */
export interface OutputOrder {
  readonly row: number
  readonly gain: number
}

/**
 * @param orders of the outputs as they are to be computed; missing, as they are stored
 * @param bias missing, zeros
 */
export function packRows(weight: ShapedWeights, bias?: Float32Array, orders?: readonly OutputOrder[]): PackedRows {
  const [stored, inputs, taps] = weight.shape
  const order = orders ?? Array.from({ length: stored }, (_, row) => ({ row, gain: 1 }))
  const outputs = order.length
  const panels = Math.ceil(outputs / PANEL_ROWS)
  const weights = shared(panels * PANEL_ROWS * taps * inputs)
  const packedBias = shared(panels * PANEL_ROWS)
  order.forEach(({ row, gain }, output) => {
    const panel = Math.floor(output / PANEL_ROWS)
    packedBias[output] = gain * (bias?.[row] ?? 0)
    for (let input = 0; input < inputs; input++)
      for (let tap = 0; tap < taps; tap++)
        weights[((panel * taps + tap) * inputs + input) * PANEL_ROWS + (output % PANEL_ROWS)] =
          gain * weight.values[(row * inputs + input) * taps + tap]
  })
  return { inputs, outputs, taps, weights, bias: packedBias }
}

/** Threads read weights where they lie: only what is shared is not copied to them. */
export const shared = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length))

/** Numbers of a row of what `convolveRows` gives. */
export const packedStride = ({ outputs }: Pick<PackedRows, 'outputs'>): number =>
  Math.ceil(outputs / PANEL_ROWS) * PANEL_ROWS

/**
 * y[t] = bias + Σ weight[tap] · x[t + tap · dilation], in f32, tap after tap and input after input, nothing fused: the
 * same bits everywhere.
 * @param x [rows + (taps − 1) · dilation, inputs]
 * @param y [rows, `packedStride`]
 */
export function convolveRows(
  { inputs, outputs, taps, weights, bias }: PackedRows,
  x: Float32Array,
  dilation: number,
  rows: number,
  y: Float32Array,
): void {
  const stride = packedStride({ outputs })
  for (let row = 0; row < rows; row++)
    for (let panel = 0; panel < stride; panel += PANEL_ROWS) {
      const sums = y.subarray(row * stride + panel, row * stride + panel + PANEL_ROWS)
      sums.set(bias.subarray(panel, panel + PANEL_ROWS))
      let at = panel * taps * inputs
      for (let tap = 0; tap < taps; tap++) {
        at = addProducts(weights, at, x, (row + tap * dilation) * inputs, inputs, sums)
      }
    }
}

/** Adds a run of inputs times a panel to its eight sums; where the panel's next weights lie. */
export function addProducts(
  weights: Float32Array,
  firstWeight: number,
  x: Float32Array,
  first: number,
  count: number,
  sums: Float32Array,
): number {
  let at = firstWeight
  for (let index = first; index < first + count; index++)
    for (let output = 0; output < PANEL_ROWS; output++) sums[output] += Math.fround(weights[at++] * x[index])
  return at
}
