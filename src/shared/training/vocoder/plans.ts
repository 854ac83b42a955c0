import type { VocoderKind } from '../../networks/vocoder-kinds.ts'

/** How a size of the vocoder is trained unless something else is asked for. */
export interface VocoderPlan {
  readonly stepCount: number
  readonly batchSize: number
  /** Of a crop, 5 ms each. */
  readonly cropFrames: number
  readonly peakRate: number
  /** People that were held out are judged, and everything is saved, after each so many steps. */
  readonly checkSteps: number
  /** Checks without gain until the training ends by itself. */
  readonly patience: number
  /** How often each clip is heard at another pitch, beside as it is. */
  readonly pitchedCopies: number
}

type Plans = Readonly<Record<'compact' | 'large' | 'tiny', VocoderPlan>>

const sourceFilterPlans = {
  /** About two hours of a native engine on two cores. */
  compact: {
    stepCount: 20_000,
    batchSize: 5,
    cropFrames: 48,
    peakRate: 2e-3,
    checkSteps: 250,
    patience: 40,
    pitchedCopies: 1,
  },
  large: {
    stepCount: 200_000,
    batchSize: 16,
    cropFrames: 96,
    peakRate: 1e-3,
    checkSteps: 1000,
    patience: 40,
    pitchedCopies: 3,
  },
  tiny: {
    stepCount: 12,
    batchSize: 2,
    cropFrames: 16,
    peakRate: 2e-2,
    checkSteps: 4,
    patience: 10,
    pitchedCopies: 1,
  },
} as const satisfies Plans

const flowPlans = {
  /** Some two hours of a native engine on two cores. */
  compact: { ...sourceFilterPlans.compact, stepCount: 12_000, peakRate: 1.5e-3 },
  large: { ...sourceFilterPlans.large, peakRate: 5e-4 },
  tiny: { ...sourceFilterPlans.tiny, stepCount: 40, peakRate: 2e-2 },
} as const satisfies Plans

const wavenetPlans = {
  /** Some two hours of a native engine on two cores. */
  compact: { ...sourceFilterPlans.compact, stepCount: 9000 },
  large: { ...sourceFilterPlans.large, peakRate: 5e-4 },
  tiny: { ...sourceFilterPlans.tiny, stepCount: 40 },
} as const satisfies Plans

const parallelWavenetPlans = {
  /** Some five hours of processor time of a native engine, taught by a compact teacher. */
  compact: { ...sourceFilterPlans.compact, stepCount: 8000, batchSize: 3, peakRate: 1.5e-3 },
  large: { ...sourceFilterPlans.large, batchSize: 8, peakRate: 5e-4 },
  tiny: { ...sourceFilterPlans.tiny, batchSize: 1, peakRate: 3e-2 },
} as const satisfies Plans

export const vocoderPlans = {
  'source-filter': sourceFilterPlans,
  flow: flowPlans,
  wavenet: wavenetPlans,
  'parallel-wavenet': parallelWavenetPlans,
} as const satisfies Record<VocoderKind, Plans>

const WARM_UP_STEPS = 100
/** Of a training that is short. */
const WARM_UP_SHARE = 0.1
const DECAY_SHARE = 0.4

/**
 * A straight rise over the first hundred steps, or the first tenth where that is less, and a straight way down over the
 * last 40 %.
 * @param step 0 for the first
 */
export function vocoderRate(
  step: number,
  { stepCount, peakRate }: Pick<VocoderPlan, 'stepCount' | 'peakRate'>,
): number {
  const risen = Math.min((step + 1) / Math.min(WARM_UP_STEPS, WARM_UP_SHARE * stepCount), 1)
  const left = Math.min((stepCount - step) / (DECAY_SHARE * stepCount), 1)
  return peakRate * Math.min(risen, left)
}
