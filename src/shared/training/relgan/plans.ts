import type { relganSizes } from '../../networks/relgan/config.ts'

/** How a size of the network is trained unless something else is asked for. */
export interface RelganPlan {
  readonly stepCount: number
  readonly batchSize: number
  /** Held-out clips are judged, and everything is saved, after each so many steps. */
  readonly checkSteps: number
  /** Checks without gain until the training ends by itself. */
  readonly patience: number
}

export const relganPlans = {
  /** As published. */
  paper: { stepCount: 100_000, batchSize: 8, checkSteps: 1000, patience: 20 },
  compact: { stepCount: 6000, batchSize: 4, checkSteps: 100, patience: 12 },
  tiny: { stepCount: 40, batchSize: 2, checkSteps: 10, patience: 10 },
} as const satisfies Record<keyof typeof relganSizes, RelganPlan>
