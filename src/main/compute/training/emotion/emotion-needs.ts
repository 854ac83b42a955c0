import { countParameters } from '../../../../shared/networks/explained/explanation.ts'
import { CEPSTRA, relganSizes, type RelganConfig } from '../../../../shared/networks/relgan/config.ts'
import { discriminatorShapes, generatorShapes, relganShapes } from '../../../../shared/networks/relgan/parameters.ts'
import { relganGflopPerStep } from '../../../../shared/networks/relgan/step-cost.ts'
import { relganPlans, type RelganPlan } from '../../../../shared/training/relgan/plans.ts'
import type { EmotionSize } from '../../../../shared/contract/emotions.ts'
import type { PresetEstimate } from '../../../../shared/contract/estimates.ts'

export interface EmotionTrainingFacts {
  readonly size: EmotionSize
  /** Missing, the size's own. */
  readonly steps?: number
  readonly emotionCount: number
  readonly clipsSec: number
  /** 10⁹ multiplications and additions a second that the engine's self-test reached in training; null until measured. */
  readonly gflopPerSec: number | null
  /** Seconds of sound read per second; null until measured. */
  readonly analysisFactor: number | null
}

/** Maps of two axes keep an engine less busy than the long rows of its self-test, or more: by this much. */
const SPREAD = { low: 0.7, high: 2 } as const
const USUAL_ANALYSIS_FACTOR = 6
/** Per second of clips: 36 coefficients and the pitch, 200 times, in single precision. */
const FEATURE_BYTES_PER_SEC = 200 * (CEPSTRA + 1) * 4
/** Last three, best and the one that is written. */
const MOST_MODELS = 5
/** A process with a native engine, and what a step remembers for each item and channel, as measured at 8, 16 and 32 channels. */
const RESIDENT_BYTES = 900e6
const BYTES_PER_ITEM_CHANNEL = 20e6

/** The plan of a size, checked and ended in proportion where other steps are asked for. */
export function emotionPlan(size: EmotionSize, steps?: number): RelganPlan {
  const plan: RelganPlan = relganPlans[size]
  if (steps === undefined || steps === plan.stepCount) return plan
  const checkSteps = Math.max(1, Math.min(plan.checkSteps, Math.round(steps / 10)))
  return { ...plan, stepCount: steps, checkSteps }
}

/** A worker that reads clips, with its kernels. */
const READING_BYTES = 400e6
const TABLES_BYTES = 64e3

/** What tables will take: only reading counts. */
export function statisticsNeeds({
  clipsSec,
  analysisFactor,
}: Pick<EmotionTrainingFacts, 'clipsSec' | 'analysisFactor'>): PresetEstimate {
  const sec = clipsSec / (analysisFactor ?? USUAL_ANALYSIS_FACTOR)
  return {
    stepCount: 0,
    sec: { lowSec: sec * SPREAD.low, highSec: sec * SPREAD.high },
    diskBytes: TABLES_BYTES,
    memoryBytes: READING_BYTES,
  }
}

/** What a training of emotions will take, before it is begun. */
export function emotionNeeds(facts: EmotionTrainingFacts): PresetEstimate {
  const config: RelganConfig = { ...relganSizes[facts.size], emotions: facts.emotionCount }
  const plan = emotionPlan(facts.size, facts.steps)
  const parameters = countParameters(relganShapes(config))
  const gflop = relganGflopPerStep(config, plan.batchSize) * plan.stepCount
  const readSec = facts.clipsSec / (facts.analysisFactor ?? USUAL_ANALYSIS_FACTOR)
  const sec = facts.gflopPerSec === null ? null : gflop / facts.gflopPerSec
  return {
    stepCount: plan.stepCount,
    sec: sec === null ? null : { lowSec: readSec + sec * SPREAD.low, highSec: readSec + sec * SPREAD.high },
    diskBytes: Math.ceil(
      facts.clipsSec * FEATURE_BYTES_PER_SEC +
        // Weights and two moments; a new state is written beside the old one before it takes its place.
        2 * 3 * 4 * parameters +
        (MOST_MODELS + 1) * 2 * countParameters(generatorShapes(config)),
    ),
    memoryBytes: Math.ceil(
      RESIDENT_BYTES +
        plan.batchSize * config.channels * BYTES_PER_ITEM_CHANNEL +
        4 * 4 * countParameters(discriminatorShapes(config)) +
        2 * facts.clipsSec * FEATURE_BYTES_PER_SEC,
    ),
  }
}
