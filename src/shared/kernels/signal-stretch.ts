import type { KernelMemory } from './kernel-memory.ts'

/**
 * Copies the samples first … end - 1 of `x` into the room `signal`, its edge samples repeated beyond either end. Returns
 * the byte offset where the sample of index 0 lies or would lie.
 */
export function putStretch(memory: KernelMemory, x: Float64Array, first: number, end: number): number {
  const length = end - first
  const offset = memory.room('signal', 8 * length)
  const target = memory.f64(offset, length)
  const from = Math.min(Math.max(first, 0), x.length - 1)
  const to = Math.max(Math.min(end, x.length), from + 1)
  target.fill(x[0], 0, Math.min(Math.max(-first, 0), length))
  if (to > first && from < end) target.set(x.subarray(from, to), from - first)
  target.fill(x[x.length - 1], Math.min(Math.max(to - first, 0), length))
  return offset - 8 * first
}
