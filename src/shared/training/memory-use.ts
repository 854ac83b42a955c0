/** How much of a batch is computed at once. Neither changes the gradient, up to rounding; both cost time. */
export interface MemoryUse {
  readonly itemsAtOnce: number
  /** Blocks keep only their inputs for the way back and compute themselves again there. */
  readonly recomputes: boolean
}

/** Peaks of one item's step as they were measured. */
export interface MeasuredPeaks {
  readonly remembering: number
  readonly recomputing: number
}

/**
 * Engines take more than the tensors that they are asked for: work space of convolutions, buffers kept for the next
 * step. Measured on WebAssembly and TensorFlow: 1.3 to 1.9 times.
 */
const OVERHEAD = 2

/**
 * The largest part of a batch that fits, remembering where it can.
 * @param budgetBytes null where nobody knows: the whole batch is tried
 */
export function planMemory(items: number, peaks: MeasuredPeaks, budgetBytes: number | null): MemoryUse {
  if (budgetBytes === null) return { itemsAtOnce: items, recomputes: false }
  const fitting = (bytes: number) => Math.min(items, Math.floor(budgetBytes / (OVERHEAD * Math.max(bytes, 1))))
  const remembering = fitting(peaks.remembering)
  if (remembering >= 1) return { itemsAtOnce: remembering, recomputes: false }
  return { itemsAtOnce: Math.max(fitting(peaks.recomputing), 1), recomputes: true }
}

/** The next smaller use after memory ran out: half of the items, at last computing again; null when nothing is left. */
export function smallerUse({ itemsAtOnce, recomputes }: MemoryUse): MemoryUse | null {
  if (itemsAtOnce > 1) return { itemsAtOnce: Math.floor(itemsAtOnce / 2), recomputes }
  return recomputes ? null : { itemsAtOnce: 1, recomputes: true }
}

/** For the training's log. */
export const describeUse = ({ itemsAtOnce, recomputes }: MemoryUse): string =>
  `${itemsAtOnce === 1 ? 'one crop' : `${itemsAtOnce} crops`} at once${recomputes ? ', computing blocks twice' : ''}`
