import type { TrainingPoint } from '../../shared/contract/jobs.ts'

/** Later news of a step replaces earlier; steps stay in order. */
export function mergedPoints(
  points: readonly TrainingPoint[],
  more: readonly TrainingPoint[],
): readonly TrainingPoint[] {
  const last = points.at(-1)
  if (more.length === 1 && last !== undefined && last.step < more[0].step) return [...points, more[0]]
  const bySteps = new Map([...points, ...more].map((point) => [point.step, point]))
  return [...bySteps.values()].toSorted((a, b) => a.step - b.step)
}
