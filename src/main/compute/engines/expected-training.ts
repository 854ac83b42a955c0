import type { TrainingPreset } from '../../../shared/contract/engines.ts'
import { enrolmentPlans, type TrainingPlan } from '../../../shared/training/presets.ts'

/** The expected times are told for this much of clips. */
const CLIPS_SEC = 120
/** Judging and rendering at each check, beside the steps. */
const SEC_PER_CHECK = 2
/** Reading clips, in seconds of sound per second, until it was measured on this machine. */
const USUAL_ANALYSIS_FACTOR = 6

/** Expected seconds per preset for a singer that is enrolled. Its steps are a little cheaper than those measured. */
export function expectedTraining(
  stepsPerSec: number,
  analysisFactor: number | null,
): Readonly<Record<TrainingPreset, number>> {
  const seconds = ({ stepCount, checkSteps }: TrainingPlan) =>
    CLIPS_SEC / (analysisFactor ?? USUAL_ANALYSIS_FACTOR) +
    stepCount / stepsPerSec +
    (stepCount / checkSteps) * SEC_PER_CHECK
  const { quick, normal, long } = enrolmentPlans
  return { quick: seconds(quick), normal: seconds(normal), long: seconds(long) }
}
