import type { TrainingPreset } from '../../../shared/contract/engines.ts'
import { trainingPlans, type TrainingPlan } from '../../../shared/training/presets.ts'
import { gflopPerStep } from './step-cost.ts'

/** The expected times are told for this much of clips. */
const CLIPS_SEC = 120
/** Judging and rendering at each check, beside the steps. */
const SEC_PER_CHECK = 2
/** Reading clips, in seconds of sound per second, until it was measured on this machine. */
const USUAL_ANALYSIS_FACTOR = 6

/** Expected seconds per preset. The long preset learns the standard size, whose steps are counted by their arithmetic. */
export function expectedTraining(
  stepsPerSec: number,
  analysisFactor: number | null,
): Readonly<Record<TrainingPreset, number>> {
  const seconds = ({ stepCount, checkSteps }: TrainingPlan, cost: number) =>
    CLIPS_SEC / (analysisFactor ?? USUAL_ANALYSIS_FACTOR) +
    (stepCount * cost) / stepsPerSec +
    (stepCount / checkSteps) * SEC_PER_CHECK
  const standardCost = gflopPerStep('standard') / gflopPerStep('fast')
  const { quick, normal, long } = trainingPlans
  return { quick: seconds(quick, 1), normal: seconds(normal, 1), long: seconds(long, standardCost) }
}
