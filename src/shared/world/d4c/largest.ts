/** Sum of all but the `count` largest values. Reorders `values`: a sort would cost several times as much. */
export function sumWithoutLargest(values: Float64Array, count: number): number {
  const kept = values.length - count
  moveSmallestFirst(values, kept)
  let sum = 0
  for (let i = 0; i < kept; i++) sum += values[i]
  return sum
}

/** Quickselect: afterwards values[0 .. kept - 1] are the smallest (Hoare 1961). */
function moveSmallestFirst(values: Float64Array, kept: number): void {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]
    let i = low
    let j = high
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i > j) break
      const swapped = values[i]
      values[i++] = values[j]
      values[j--] = swapped
    }
    if (kept <= j) high = j
    else if (kept >= i) low = i
    else return
  }
}
