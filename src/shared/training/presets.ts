/** How long to learn: what the person chooses. */
export interface TrainingPlan {
  readonly stepCount: number
  /** The held-out phrases are judged, and everything is saved, after each so many steps. */
  readonly checkSteps: number
  /** Checks without gain until the training ends by itself. */
  readonly patience: number
}

/**
 * `quick` is two thirds of what the loss needs to settle; two minutes of clips learn in about a minute and a half on
 * one core. `normal` is the schedule that the converter was measured with.
 */
export const trainingPlans = {
  quick: { stepCount: 700, checkSteps: 100, patience: 3 },
  normal: { stepCount: 1200, checkSteps: 100, patience: 4 },
  long: { stepCount: 3000, checkSteps: 200, patience: 5 },
} as const satisfies Record<string, TrainingPlan>

/**
 * For a singer that is enrolled into a base: the decoder only has to be bent. More than `normal` gains nothing that
 * could be measured on people whom the base never heard.
 */
export const enrolmentPlans = {
  quick: { stepCount: 150, checkSteps: 50, patience: 3 },
  normal: { stepCount: 300, checkSteps: 100, patience: 3 },
  long: { stepCount: 600, checkSteps: 100, patience: 4 },
} as const satisfies Record<keyof typeof trainingPlans, TrainingPlan>

export const BATCH_SIZE = 8
/** Larger networks want smaller steps. */
export const peakRates = { fast: 3e-3, standard: 2e-3, tiny: 3e-3, control: 3e-3 } as const
