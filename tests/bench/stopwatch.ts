/** One line of the benchmark: a piece of the product beside a plain baseline measured in the same run. */
export interface BenchRow {
  readonly name: string
  /** What was done, in numbers that anybody can check: "37 s of sound in 9.1 s". */
  readonly measured: string
  readonly baseline: string
  /** Product over baseline; under each name it is said what it means. */
  readonly ratio: number
  readonly meaning: string
}

/** Median milliseconds of `runCount` runs, after one that warms up. */
export function medianMs(runCount: number, action: () => void): number {
  action()
  const times = Array.from({ length: runCount }, () => {
    const startMs = performance.now()
    action()
    return performance.now() - startMs
  }).sort((a, b) => a - b)
  return times[runCount >> 1]
}

/** Long enough for a clock that ticks every few milliseconds. */
const measuredMs = 80

/**
 * Milliseconds of processor time that one run takes this thread: the mean of as many as the clock needs. Other work of
 * the machine counts little.
 */
export function processorMs(action: () => void): number {
  const before = process.threadCpuUsage()
  for (let runs = 1; ; runs++) {
    action()
    const { user, system } = process.threadCpuUsage(before)
    const spentMs = (user + system) / 1000
    if (spentMs >= measuredMs) return spentMs / runs
  }
}

/** Keeps a result from being optimized away. */
let sink = 0
export const keep = (value: number): void => {
  sink += value
}
export const kept = (): number => sink
