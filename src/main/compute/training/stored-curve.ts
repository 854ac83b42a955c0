import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import type { EarlyStopping } from '../../../shared/training/early-stopping.ts'

/** A training's curve that was written as JSON, or null where it is none. */
export function parseCurve(value: unknown): readonly TrainingPoint[] | null {
  return Array.isArray(value) && value.every(isPoint) ? value : null
}

/** What was found at the checks so far, or null where it is none. */
export function parseHistory(value: unknown): EarlyStopping | null {
  // Checked field by field right below.
  const { bestStep, bestLoss, checksSinceBest } = (value ?? {}) as Partial<Record<keyof EarlyStopping, unknown>>
  if (!isCount(bestStep) || !isCount(checksSinceBest) || typeof bestLoss !== 'number') return null
  return { bestStep, bestLoss, checksSinceBest }
}

function isPoint(value: unknown): value is TrainingPoint {
  // Checked field by field right below; the terms and what a judge found are only drawn.
  const { step, trainLoss, heldOutLoss, auditionId, losses, judged } = (value ?? {}) as Partial<
    Record<keyof TrainingPoint, unknown>
  >
  return (
    isCount(step) &&
    isLoss(trainLoss) &&
    isLoss(heldOutLoss) &&
    (auditionId === null || typeof auditionId === 'string') &&
    [losses, judged].every((told) => told === undefined || (typeof told === 'object' && told !== null))
  )
}

/** JSON has no infinity and no number that is none. */
const isLoss = (value: unknown): boolean => value === null || typeof value === 'number'
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0
