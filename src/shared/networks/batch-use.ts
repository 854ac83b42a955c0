/** How much of a batch is computed at once: parts of it give the same gradient, up to rounding. */
export interface BatchUse {
  readonly itemsAtOnce: number
  /** Blocks compute themselves again on the way back instead of keeping what they computed. */
  readonly recomputes: boolean
}

export const wholeBatch: BatchUse = { itemsAtOnce: Infinity, recomputes: false }
