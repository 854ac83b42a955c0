/** Keeps a running maximum strictly rising where it stands still. */
const RISE_PER_SAMPLE = 1e-12

/** Positions, in fractional samples, where the running maximum of a phase crosses each integer. */
export function integerCrossings(theta: Float64Array): Float64Array {
  const last = theta.length - 1
  if (last < 1) return new Float64Array(0)
  let highest = theta[0]
  for (const value of theta) highest = Math.max(highest, value)
  const first = Math.ceil(theta[0])
  const marks = new Float64Array(Math.max(0, Math.floor(highest) - first + 1))
  let count = 0
  let below = theta[0]
  for (let index = 1; index <= last && count < marks.length; index++) {
    const above = Math.max(below, theta[index])
    const from = below + (index - 1) * RISE_PER_SAMPLE
    const to = above + index * RISE_PER_SAMPLE
    while (count < marks.length && first + count < to) {
      marks[count] = Math.max(index - 1 + (first + count - from) / (to - from), index - 1)
      count++
    }
    below = above
  }
  while (count < marks.length) marks[count++] = last
  return marks
}

/** Index of the mark nearest to a position, the earlier of two equally near; marks ascend, at least one. */
export function nearestMark(marks: Float64Array, position: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle] < position) low = middle + 1
    else high = middle
  }
  if (low >= marks.length) return marks.length - 1
  return low > 0 && position - marks[low - 1] < marks[low] - position ? low - 1 : low
}
