/**
 * Sums without the largest values. A threshold that surely not too many values reach comes from the largest value of
 * every column, the values being written in rows; only those that reach it are then selected from.
 */

const fewColumns: i32 = 128
const manyColumns: i32 = 512

@unmanaged
export class SelectionSpace {
  /** For up to `longest` values. */
  constructor(longest: i32) {
    this.maxima = heap.alloc((<usize>manyColumns) << 3)
    this.candidates = heap.alloc((<usize>longest + 2) << 3)
  }
  maxima: usize = 0
  candidates: usize = 0
  /** The results of `sumWithoutLargest`. */
  kept: f64 = 0
  whole: f64 = 0
}

/** `space.kept` becomes the sum of all but the `without` largest of `count` values, `space.whole` that of all. */
export function sumWithoutLargest(space: SelectionSpace, values: usize, count: i32, without: i32): void {
  const threshold = thresholdOf(space, values, count, without)
  const thresholds = f64x2.splat(threshold)
  const evenEnd = values + ((<usize>(count & ~1)) << 3)
  let lows = f64x2.splat(0)
  let highs = f64x2.splat(0)
  let to = space.candidates
  for (let at = values; at < evenEnd; at += 16) {
    const pair = v128.load(at)
    const isLow = f64x2.lt(pair, thresholds)
    lows = f64x2.add(lows, v128.and(pair, isLow))
    if (i64x2.all_true(isLow)) continue
    highs = f64x2.add(highs, v128.andnot(pair, isLow))
    for (let lane: usize = 0; lane < 16; lane += 8) {
      const value = load<f64>(at + lane)
      store<f64>(to, value)
      if (value >= threshold) to += 8
    }
  }
  let low = f64x2.extract_lane(lows, 0) + f64x2.extract_lane(lows, 1)
  let high = f64x2.extract_lane(highs, 0) + f64x2.extract_lane(highs, 1)
  if (count & 1) {
    const value = load<f64>(evenEnd)
    store<f64>(to, value)
    if (value >= threshold) {
      high += value
      to += 8
    } else low += value
  }
  const candidateCount = <i32>((to - space.candidates) >> 3)
  const keptCount = candidateCount - without
  moveSmallestFirst(space.candidates, candidateCount, keptCount)
  space.whole = low + high
  for (let at = space.candidates, end = at + ((<usize>keptCount) << 3); at < end; at += 8) low += load<f64>(at)
  space.kept = low
}

/** A value that at least `without` of the values reach: the column maximum of that rank. */
function thresholdOf(space: SelectionSpace, values: usize, count: i32, without: i32): f64 {
  const columns = 2 * without <= fewColumns ? fewColumns : manyColumns
  if (without > columns || count < 2 * columns) return -Infinity
  const maxima = space.maxima
  const rowBytes = (<usize>columns) << 3
  memory.copy(maxima, values, rowBytes)
  const rowsEnd = values + <usize>(count / columns) * rowBytes
  for (let row = values + rowBytes; row < rowsEnd; row += rowBytes) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(maxima + at, f64x2.pmax(v128.load(maxima + at), v128.load(row + at)))
    }
  }
  const keptCount = columns - without
  moveSmallestFirst(maxima, columns, keptCount)
  let least = load<f64>(maxima + ((<usize>keptCount) << 3))
  for (let i = keptCount + 1; i < columns; i++) least = min(least, load<f64>(maxima + ((<usize>i) << 3)))
  return least
}

/** Quickselect: afterwards the first `kept` values are the smallest (Hoare 1961). */
function moveSmallestFirst(values: usize, count: i32, kept: i32): void {
  let low: i32 = 0
  let high: i32 = count - 1
  while (low < high) {
    const pivot = load<f64>(values + ((<usize>((low + high) >> 1)) << 3))
    let i = low
    let j = high
    while (i <= j) {
      while (load<f64>(values + ((<usize>i) << 3)) < pivot) i++
      while (load<f64>(values + ((<usize>j) << 3)) > pivot) j--
      if (i > j) break
      const atI = values + ((<usize>i) << 3)
      const atJ = values + ((<usize>j) << 3)
      const swapped = load<f64>(atI)
      store<f64>(atI, load<f64>(atJ))
      store<f64>(atJ, swapped)
      i++
      j--
    }
    if (kept <= j) high = j
    else if (kept >= i) low = i
    else return
  }
}
