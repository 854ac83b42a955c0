import { failure, FailureError } from '../base/errors.ts'
import { isOutOfMemory, renewEngine } from '../nn/out-of-memory.ts'
import { describeUse, planMemory, smallerUse, type MemoryUse } from './memory-use.ts'

export interface WithinMemory {
  readonly use: MemoryUse
  /** Computes with what fits. Throws `engine-out-of-memory` where not even the least does. */
  run<Found>(compute: (use: MemoryUse) => Promise<Found>): Promise<Found>
}

export interface MemoryLimits {
  /** Null or missing where nobody knows. */
  readonly memoryBudgetBytes?: number | null
  /** Told in words, for the training's log. */
  readonly onNote?: (text: string) => void
}

/**
 * Finds what fits before the first step, where a budget is known.
 * @param peakOf what one item's step takes at the most; when it recomputes, blocks compute themselves again
 */
export async function fitIntoMemory(
  items: number,
  peakOf: (recomputes: boolean) => Promise<number>,
  { memoryBudgetBytes = null, onNote = () => {} }: MemoryLimits,
): Promise<WithinMemory> {
  if (memoryBudgetBytes === null) return createWithinMemory({ itemsAtOnce: items, recomputes: false }, onNote)
  const peaks = { remembering: await peakOf(false), recomputing: await peakOf(true) }
  const use = planMemory(items, peaks, memoryBudgetBytes)
  if (use.itemsAtOnce < items) onNote(`Memory is short: this training computes ${describeUse(use)}.`)
  return createWithinMemory(use, onNote)
}

/**
 * Catches memory that ran out, halves what is computed at once, and tries again; what fitted is kept for the next time.
 * @param onNote told in words, for the training's log
 */
export function createWithinMemory(first: MemoryUse, onNote: (text: string) => void): WithinMemory {
  let use = first
  return {
    get use() {
      return use
    },
    async run(compute) {
      for (;;) {
        try {
          return await compute(use)
        } catch (cause) {
          if (!isOutOfMemory(cause)) throw cause
          const smaller = smallerUse(use)
          if (smaller === null) throw outOfMemory(cause)
          onNote(`Memory ran out with ${describeUse(use)}; going on with ${describeUse(smaller)}.`)
          use = smaller
          await renewEngine()
        }
      }
    },
  }
}

function outOfMemory(cause: unknown): FailureError {
  const details = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return new FailureError(
    failure(
      'engine-out-of-memory',
      'Not even one crop of this training fits into the memory that is free.',
      'Close other programs, or choose the smaller size, then try again.',
      details,
    ),
  )
}
