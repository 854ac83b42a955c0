/** Each value minus the highest within `reach` places on either side: 0 at a maximum, negative elsewhere. */
export function belowLocalMaximum(values: Float64Array, reach: number): Float64Array {
  // Candidates for the maximum, falling from front to back; the front leaves when it is out of reach.
  const queue = new Int32Array(values.length)
  let [front, back, next] = [0, 0, 0]
  return values.map((value, i) => {
    for (; next < Math.min(values.length, i + reach + 1); next++) {
      while (back > front && values[queue[back - 1]] <= values[next]) back--
      queue[back++] = next
    }
    while (queue[front] < i - reach) front++
    return value - values[queue[front]]
  })
}
