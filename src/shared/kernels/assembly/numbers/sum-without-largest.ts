/**
 * Sums without the largest values. A threshold that surely not too many values reach comes from the largest value of
 * every column, the values being written in rows; only those that reach it are then selected from. No branch depends on
 * a single value: a processor cannot foretell it.
 */

/**
 * Row lengths. Where the values are four parts of 256, 512 or 1024 one after the other (`pair-transform`), the large
 * ones lie at the same place of every part; these lengths put them into different columns.
 */
const fewColumns: i32 = 136
const manyColumns: i32 = 556

@unmanaged
export class SelectionSpace {
  /** For up to `longest` values. */
  constructor(longest: i32) {
    const bytes = (<usize>max(longest, manyColumns) + 2) << 3
    this.candidates = heap.alloc(bytes)
    this.first = heap.alloc(bytes)
    this.second = heap.alloc(bytes)
  }
  candidates: usize = 0
  /** What a selection sorts to and fro. */
  first: usize = 0
  second: usize = 0
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
  let to = space.candidates
  for (let at = values; at < evenEnd; at += 16) {
    const pair = v128.load(at)
    const isLow = f64x2.lt(pair, thresholds)
    lows = f64x2.add(lows, v128.and(pair, isLow))
    const high = ~i64x2.bitmask(isLow)
    v128.store_lane<f64>(to, pair, 0)
    to += (<usize>(high & 1)) << 3
    v128.store_lane<f64>(to, pair, 1)
    to += (<usize>(high & 2)) << 2
  }
  let low = f64x2.extract_lane(lows, 0) + f64x2.extract_lane(lows, 1)
  if (count & 1) {
    const value = load<f64>(evenEnd)
    store<f64>(to, value)
    if (value < threshold) low += value
    else to += 8
  }
  const candidates = space.candidates
  const candidateCount = <i32>((to - candidates) >> 3)
  const keptCount = candidateCount - without
  let all = low
  for (let at = candidates; at < to; at += 8) all += load<f64>(at)
  space.whole = all
  if (keptCount > 0) {
    memory.copy(space.first, candidates, to - candidates)
    const largestKept = valueOfRank(space.first, space.second, candidateCount, keptCount - 1)
    let belowCount = 0
    for (let at = candidates; at < to; at += 8) {
      const value = load<f64>(at)
      const isBelow = value < largestKept
      belowCount += <i32>isBelow
      low += isBelow ? value : 0
    }
    low += <f64>(keptCount - belowCount) * largestKept
  }
  space.kept = low
}

/** A value that at least `without` of the values reach: the column maximum of that rank. */
function thresholdOf(space: SelectionSpace, values: usize, count: i32, without: i32): f64 {
  const columns = 2 * without <= fewColumns ? fewColumns : manyColumns
  if (without > columns || count < 2 * columns) return -Infinity
  const maxima = space.first
  const rowBytes = (<usize>columns) << 3
  memory.copy(maxima, values, rowBytes)
  const rowsEnd = values + <usize>(count / columns) * rowBytes
  for (let row = values + rowBytes; row < rowsEnd; row += rowBytes) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(maxima + at, f64x2.pmax(v128.load(maxima + at), v128.load(row + at)))
    }
  }
  return valueOfRank(maxima, space.second, columns, columns - without)
}

/** The value that `rank` others are smaller than or equal to, once sorted (Hoare 1961). Spoils both arrays. */
function valueOfRank(from: usize, to: usize, count: i32, rank: i32): f64 {
  while (count > 1) {
    const pivot = load<f64>(from + ((<usize>(count >> 1)) << 3))
    const end = from + ((<usize>count) << 3)
    // Smaller values go to the front, the others to the back; each is written to both, and stays at one.
    let low = to
    let high = to + ((<usize>(count - 1)) << 3)
    for (let at = from; at < end; at += 8) {
      const value = load<f64>(at)
      store<f64>(low, value)
      store<f64>(high, value)
      const isLow = <usize>(value < pivot)
      low += isLow << 3
      high -= (1 - isLow) << 3
    }
    const lowCount = <i32>((low - to) >> 3)
    if (lowCount == 0) {
      // The pivot is the least: all that equal it go at once.
      for (let at = from; at < end; at += 8) {
        const value = load<f64>(at)
        store<f64>(low, value)
        low += (<usize>(value > pivot)) << 3
      }
      const moreCount = <i32>((low - to) >> 3)
      const equalCount = count - moreCount
      if (rank < equalCount) return pivot
      rank -= equalCount
      count = moreCount
    } else if (rank < lowCount) {
      count = lowCount
    } else {
      rank -= lowCount
      count -= lowCount
      to += (<usize>lowCount) << 3
    }
    const swapped = from
    from = to
    to = swapped
  }
  return load<f64>(from)
}
