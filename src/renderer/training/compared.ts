import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { formatNumber } from '../ui/numbers.ts'

/** Sides beside the original: early, on the way, and what it came to. */
const MOST_SIDES = 3

/**
 * The checkpoints to hear against each other, in order: the first that can be heard, the best (or the last), and the
 * one nearest to the middle between them.
 * @param points that can be heard, in any order
 */
export function compared(points: readonly TrainingPoint[], bestStep: number | null): readonly TrainingPoint[] {
  const inOrder = points.toSorted((a, b) => a.step - b.step)
  if (inOrder.length <= MOST_SIDES) return inOrder
  const first = inOrder[0]
  const best = inOrder.find((point) => point.step === bestStep && point !== first) ?? inOrder[inOrder.length - 1]
  const middle = (first.step + best.step) / 2
  const between = inOrder
    .filter((point) => point !== first && point !== best)
    .reduce((near, point) => (Math.abs(point.step - middle) < Math.abs(near.step - middle) ? point : near))
  return [first, between, best].toSorted((a, b) => a.step - b.step)
}

/** What a checkpoint gained on the one before, "−4.2 %"; nothing for the first. */
export function describeChange(point: TrainingPoint, before: TrainingPoint | undefined): string {
  if (before?.heldOutLoss === undefined || before.heldOutLoss === null || point.heldOutLoss === null) return ''
  const change = point.heldOutLoss / before.heldOutLoss - 1
  return `${change > 0 ? '+' : ''}${formatNumber(100 * change, 1)} %`
}
