import type { Result } from '../base/result.ts'
import { checkLabels } from './relgan/check-labels.ts'
import type { LabeledFile } from './relgan/clip-labels.ts'
import { checkStatisticsLabels } from './statistics/check-labels.ts'

/** Whether anything can be learned from labels, and which emotions. */
export type CheckLabels = (
  labels: readonly LabeledFile[],
  wanted: readonly string[] | null,
) => Result<readonly string[]>

/** By what learns. */
export const labelChecks = {
  statistics: checkStatisticsLabels,
  relgan: checkLabels,
} as const satisfies Readonly<Record<string, CheckLabels>>
