import type { PresetEstimate } from '../../../../shared/contract/estimates.ts'
import type { VocoderNetwork, VocoderSize } from '../../../../shared/contract/vocoders.ts'
import { countParameters } from '../../../../shared/networks/explained/explanation.ts'
import { FRAME_SAMPLES, SOURCE_FILTER_RATE_HZ } from '../../../../shared/networks/source-filter/config.ts'
import { vocoderKinds, type VocoderKind } from '../../../../shared/networks/vocoder-kinds.ts'
import { vocoderPlans, type VocoderPlan } from '../../../../shared/training/vocoder/plans.ts'

export interface VocoderTrainingFacts {
  readonly network: VocoderNetwork
  readonly size: VocoderSize
  /** Missing, the size's own. */
  readonly steps?: number
  readonly recordedSec: number
  /** 10⁹ multiplications and additions a second that the engine's self-test reached in training; null until measured. */
  readonly gflopPerSec: number | null
  /** Seconds of sound read per second; null until measured. */
  readonly analysisFactor: number | null
}

/** The plan of a size, checked and ended in proportion where other steps are asked for. */
export function vocoderPlan(network: VocoderNetwork, size: VocoderSize, steps?: number): VocoderPlan {
  const plan: VocoderPlan = vocoderPlans[network][size]
  if (steps === undefined || steps === plan.stepCount) return plan
  return { ...plan, stepCount: steps, checkSteps: Math.max(1, Math.min(plan.checkSteps, Math.round(steps / 10))) }
}

/** Many short windows keep an engine less busy than the long rows of its self-test, or more: by this much. */
const SPREAD = { low: 0.7, high: 2 } as const
const USUAL_ANALYSIS_FACTOR = 6
/** Per second: the whitened sound, and 34 numbers for each frame, in single precision. */
const FEATURE_BYTES_PER_SEC = 4 * (SOURCE_FILTER_RATE_HZ + 34 * (SOURCE_FILTER_RATE_HZ / FRAME_SAMPLES))
/** Last three, three on the way, the best and the one that is written. */
const MOST_MODELS = 8
/** A process with a native engine. */
const RESIDENT_BYTES = 900e6
/** What a step remembers of each sample and channel of a layer, for two draws. */
const BYTES_PER_SAMPLE_CHANNEL = 24

/** What a training will take, before it is begun. */
export const vocoderNeeds = (facts: VocoderTrainingFacts): PresetEstimate => needsOf(facts.network, facts)

function needsOf<Kind extends VocoderKind>(network: Kind, facts: VocoderTrainingFacts): PresetEstimate {
  const { sizes, shapesOf, gflopPerStep, channelsOf } = vocoderKinds[network]
  const config = sizes[facts.size]
  const plan = vocoderPlan(network, facts.size, facts.steps)
  const samples = plan.batchSize * plan.cropFrames * FRAME_SAMPLES
  const parameters = countParameters(shapesOf(config))
  const heardSec = (1 + plan.pitchedCopies) * facts.recordedSec
  const readSec = heardSec / (facts.analysisFactor ?? USUAL_ANALYSIS_FACTOR)
  const learnSec =
    facts.gflopPerSec === null ? null : (plan.stepCount * gflopPerStep(config, samples)) / facts.gflopPerSec
  return {
    stepCount: plan.stepCount,
    sec:
      learnSec === null ? null : { lowSec: readSec + learnSec * SPREAD.low, highSec: readSec + learnSec * SPREAD.high },
    diskBytes: Math.ceil(
      // A new state of weights, two moments and their mean is written beside the old one before it takes its place.
      heardSec * FEATURE_BYTES_PER_SEC + 2 * 4 * 4 * parameters + MOST_MODELS * 2 * parameters,
    ),
    memoryBytes: Math.ceil(
      RESIDENT_BYTES + heardSec * FEATURE_BYTES_PER_SEC + samples * channelsOf(config) * BYTES_PER_SAMPLE_CHANNEL,
    ),
  }
}
