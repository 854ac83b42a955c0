/** Pairs of frames that belong together, in time order. */
export type WarpPath = readonly (readonly [first: number, second: number])[]

const STEP_NONE = 0
const STEP_BOTH = 1
const STEP_FIRST = 2
const STEP_SECOND = 3

/**
 * The cheapest monotone path through two sequences of vectors (Sakoe and Chiba 1978), Euclidean cost, symmetric steps
 * with weight 2 for the diagonal. `first` and `second` are [frames × dimensions], row-major.
 */
export function warp(first: Float32Array, second: Float32Array, dimensions: number): WarpPath {
  const rows = first.length / dimensions
  const columns = second.length / dimensions
  if (rows === 0 || columns === 0) return []
  const steps = new Uint8Array(rows * columns)
  let above = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    const current = new Float64Array(columns)
    for (let column = 0; column < columns; column++) {
      const cost = distance(first, row * dimensions, second, column * dimensions, dimensions)
      const [step, total] = bestStep(row, column, cost, above, current)
      steps[row * columns + column] = step
      current[column] = total
    }
    above = current
  }
  return trace(steps, rows, columns)
}

function bestStep(
  row: number,
  column: number,
  cost: number,
  above: Float64Array,
  current: Float64Array,
): [step: number, total: number] {
  if (row === 0 && column === 0) return [STEP_NONE, cost]
  const both = row > 0 && column > 0 ? above[column - 1] + 2 * cost : Infinity
  const down = row > 0 ? above[column] + cost : Infinity
  const right = column > 0 ? current[column - 1] + cost : Infinity
  if (both <= down && both <= right) return [STEP_BOTH, both]
  return down <= right ? [STEP_FIRST, down] : [STEP_SECOND, right]
}

function trace(steps: Uint8Array, rows: number, columns: number): WarpPath {
  const path: [number, number][] = []
  let [row, column] = [rows - 1, columns - 1]
  for (;;) {
    path.push([row, column])
    const step = steps[row * columns + column]
    if (step === STEP_NONE) return path.reverse()
    if (step !== STEP_SECOND) row--
    if (step !== STEP_FIRST) column--
  }
}

function distance(a: Float32Array, aOffset: number, b: Float32Array, bOffset: number, dimensions: number): number {
  let sum = 0
  for (let index = 0; index < dimensions; index++) sum += (a[aOffset + index] - b[bOffset + index]) ** 2
  return Math.sqrt(sum)
}
