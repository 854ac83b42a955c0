import type { KernelMemory } from './kernel-memory.ts'

/** Samples to be filtered: `length` of them from `start` on. */
interface SampleSpan {
  readonly start: number
  readonly length: number
}

/** Filters that reach so far to either side, applied by blocks of `size` samples. */
interface BlockFilter {
  readonly size: number
  readonly reach: number
}

/**
 * Lays the samples from `mostReach` before the span on into the kernel, zero outside the signal, enough for the blocks
 * of every filter.
 */
export function putPadded(
  memory: KernelMemory,
  signal: Float64Array,
  { start, length }: SampleSpan,
  mostReach: number,
  filters: readonly BlockFilter[],
): number {
  const needed = Math.max(
    ...filters.map(({ size, reach }) => {
      const hop = size - 2 * reach
      const blocks = Math.ceil(length / hop)
      return mostReach - reach + (blocks - 1) * hop + size
    }),
  )
  const offset = memory.room('padded', 8 * needed)
  const padded = memory.f64(offset, needed).fill(0)
  const first = start - mostReach
  const from = Math.max(first, 0)
  padded.set(signal.subarray(from, Math.max(from, first + needed)), from - first)
  return offset
}
