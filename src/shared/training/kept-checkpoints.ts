/** The latest checkpoints, to go back to when the newest went wrong. */
const LATEST_KEPT = 3
/** Of the earlier ones, those nearest to these shares of the way, to hear how far it came. */
const WAYMARKS = [0.125, 0.25, 0.5]

/**
 * Which checkpoints' weights stay on the disk: the best, the last three, and three on the way.
 * @param steps of all checkpoints that are there, in any order
 * @param bestSteps of the lowest held-out losses so far, one for each way that was tried
 */
export function keptCheckpoints(steps: readonly number[], bestSteps: readonly number[]): ReadonlySet<number> {
  const inOrder = steps.toSorted((a, b) => a - b)
  const latest = inOrder.at(-1) ?? 0
  const onTheWay = WAYMARKS.flatMap((share) => nearest(inOrder, share * latest) ?? [])
  return new Set([...lastAndBest(steps, bestSteps), ...onTheWay])
}

/** The same without those on the way. */
export function lastAndBest(steps: readonly number[], bestSteps: readonly number[]): ReadonlySet<number> {
  const inOrder = [...new Set(steps)].sort((a, b) => a - b)
  return new Set([...inOrder.slice(-LATEST_KEPT), ...inOrder.filter((step) => bestSteps.includes(step))])
}

/** The earlier of two that are as near. */
const nearest = (steps: readonly number[], wanted: number): number | undefined =>
  steps.reduce<number | undefined>(
    (best, step) => (best === undefined || Math.abs(step - wanted) < Math.abs(best - wanted) ? step : best),
    undefined,
  )
