import type { Numbers } from './numbers.ts'

/** Means over `reach` values to each side; beyond the ends nothing counts, so that a constant stays itself. */
export function movingMean(values: Numbers, reach: number): Float64Array {
  return Float64Array.from(values, (_, at) => {
    const first = Math.max(0, at - reach)
    const last = Math.min(values.length - 1, at + reach)
    let sum = 0
    for (let near = first; near <= last; near++) sum += values[near]
    return sum / (last - first + 1)
  })
}
