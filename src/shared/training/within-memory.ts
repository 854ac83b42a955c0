import { failure, FailureError } from '../base/errors.ts'
import { isOutOfMemory, renewEngine } from '../nn/out-of-memory.ts'
import { describeUse, smallerUse, type MemoryUse } from './memory-use.ts'

export interface WithinMemory {
  readonly use: MemoryUse
  /** Computes with what fits. Throws `engine-out-of-memory` where not even the least does. */
  run<Found>(compute: (use: MemoryUse) => Promise<Found>): Promise<Found>
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
