import { GROUP_SEGMENTS, PANEL_ROWS, type Rows } from '../decoder.ts'

/** Rows of a quarter of a stream's block, and of one vector. */
const VECTOR_ROWS = 4

type Values = Float64Array | Int16Array | Int8Array

/** [panel][step][8 rows][channels of a step]: weights in the order in which they are read. */
export function packPanels<Packed extends Float32Array | Int16Array | Int8Array>(
  { rows, columns, values }: Omit<Rows, 'values'> & { readonly values: Values },
  packed: Packed,
): Packed {
  const channels = 4 / packed.BYTES_PER_ELEMENT
  const steps = columns / channels
  let at = 0
  for (let panel = 0; panel < rows; panel += PANEL_ROWS)
    for (let step = 0; step < steps; step++)
      for (let row = panel; row < panel + PANEL_ROWS; row++)
        for (let channel = 0; channel < channels; channel++)
          packed[at++] = values[row * columns + step * channels + channel]
  return packed
}

/** [panel][4 segments][8 rows]: what sums start from, the same for all segments. */
export function packStarts<Packed extends Float32Array | Int32Array>(
  bias: Float64Array | Int32Array,
  packed: Packed,
): Packed {
  for (let row = 0; row < bias.length; row++) {
    const panel = Math.floor(row / PANEL_ROWS)
    for (let segment = 0; segment < GROUP_SEGMENTS; segment++)
      packed[(GROUP_SEGMENTS * panel + segment) * PANEL_ROWS + (row % PANEL_ROWS)] = bias[row]
  }
  return packed
}

/** [rows / 4][columns][4 rows]: a column of newer, older and bias, or for each lag tap. */
export function packFirst<Packed extends Float32Array | Int32Array>(
  values: Float64Array | Int32Array,
  packed: Packed,
  columns = 3,
): Packed {
  for (let row = 0; row < values.length / columns; row++)
    for (let column = 0; column < columns; column++)
      packed[(columns * Math.floor(row / VECTOR_ROWS) + column) * VECTOR_ROWS + (row % VECTOR_ROWS)] =
        values[columns * row + column]
  return packed
}

/** Each beside a zero: the product of pairs takes one pitch. */
export function packPairs(values: Int16Array): Int16Array {
  const packed = new Int16Array(2 * values.length)
  values.forEach((value, index) => (packed[2 * index] = value))
  return packed
}
