/**
 * Positions, in fractional samples, where the running maximum of a phase crosses each integer. The maximum begins
 * anew at every index of `restarts` (ascending): what happened before is forgotten there. `lead` is how far the
 * maximum stands above the phase at the first sample already.
 */
export function integerCrossings(theta: Float64Array, restarts: readonly number[] = [], lead = 0): Float64Array {
  const marks: number[] = []
  if (theta.length === 0) return new Float64Array(0)
  let highest = theta[0] + lead
  let next = Math.ceil(highest)
  let restart = 0
  for (let index = 1; index < theta.length; index++) {
    if (restarts[restart] === index) {
      restart++
      highest = theta[index]
      next = Math.ceil(highest)
      continue
    }
    const above = theta[index]
    if (above <= highest) continue
    for (; next <= above; next++) marks.push(index - 1 + (next - highest) / (above - highest))
    highest = above
  }
  return Float64Array.from(marks)
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
