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

/** Lays signal[origin … origin + count - 1] into the kernel, the first and the last sample held beyond the ends. */
export function putClamped(memory: KernelMemory, signal: Float64Array, origin: number, count: number): number {
  const offset = memory.room('clamped', 8 * count)
  const target = memory.f64(offset, count)
  const last = signal.length - 1
  const before = Math.min(Math.max(-origin, 0), count)
  const from = Math.min(Math.max(origin, 0), last)
  const inside = Math.min(count - before, last + 1 - from)
  target.fill(signal[0], 0, before)
  target.set(signal.subarray(from, from + inside), before)
  target.fill(signal[last], before + inside)
  return offset
}
