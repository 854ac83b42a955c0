/**
 * Positions, in fractional samples, where the running maximum of a phase crosses each integer. The maximum begins
 * anew at every index of `restarts` (ascending): what happened before is forgotten there. `lead` is how far the
 * maximum stands above the phase at the first sample already.
 */
export function integerCrossings(theta: Float64Array, restarts: readonly number[] = [], lead = 0): Float64Array {
  const marks: number[] = []
  const starts = [0, ...restarts.filter((index) => index > 0 && index < theta.length)]
  starts.forEach((start, index) => {
    addCrossings(theta, start, starts[index + 1] ?? theta.length, start === 0 ? lead : 0, marks)
  })
  return Float64Array.from(marks)
}

function addCrossings(theta: Float64Array, start: number, end: number, lead: number, marks: number[]): void {
  let highest = theta[start] + lead
  let next = Math.ceil(highest)
  for (let index = start + 1; index < end; index++) {
    const above = theta[index]
    if (above <= highest) continue
    for (; next <= above; next++) marks.push(index - 1 + (next - highest) / (above - highest))
    highest = above
  }
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
