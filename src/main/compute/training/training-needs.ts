import type { AskedMethod, TrainingPreset } from '../../../shared/contract/library.ts'
import { spectralAutoencoderSizes } from '../../../shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import { enrolmentPlans, trainingPlans } from '../../../shared/training/presets.ts'
import { gflopPerStep } from '../engines/step-cost.ts'
import { stagesOf } from './stages.ts'

/** What a training will take, before it is begun. */
export interface TrainingNeeds {
  readonly stepCount: number
  /** Null until an engine was measured. */
  readonly sec: { readonly lowSec: number; readonly highSec: number } | null
  readonly diskBytes: number
  readonly memoryBytes: number
}

export interface TrainingFacts {
  readonly preset: TrainingPreset
  readonly method: AskedMethod
  readonly size: 'fast' | 'standard'
  /** Of each singer of the training. */
  readonly singersSec: readonly number[]
  /** Of the fast size, as the self-test measured it. */
  readonly stepsPerSec: number | null
  /** Seconds of sound read per second; null until measured. */
  readonly analysisFactor: number | null
  /** Of the engine's whole process after the steps of its self-test; null until measured. */
  readonly residentBytes: number | null
}

const USUAL_ANALYSIS_FACTOR = 6
/** Judging, rendering the phrase and writing, at each check. */
const SEC_PER_CHECK = 2
/** The scale at the end. */
const RANGE_TEST_SEC = 4
/** The held-out loss may end it early, and a machine that does other things beside takes longer. */
const SPREAD = { low: 0.75, high: 1.35 } as const
/** Per second of clips: 64 bands and the pitch, 200 times, in single precision. */
const FEATURE_BYTES_PER_SEC = 200 * 65 * 4
/** In memory they are there as read, as examples at half the rate, and as the singer's bank. */
const FEATURE_COPIES = 3
/** Weights, two moments and the best weights. */
const ARRAYS_IN_STATE = 4
/** Best, last three and waymarks; each a singer with its bank of at most two minutes. */
const MOST_CHECKPOINTS = 7
const BANK_BYTES = 12_000 * (64 + 8)
/** Four seconds of single-precision stereo at most, at each check. */
const AUDITION_BYTES = 4 * 48_000 * 8
/** A process with an engine that has taken steps, until that was measured on this machine. */
const USUAL_RESIDENT_BYTES = 500e6
/** What a step remembers grows with the channels; the standard size has twice as many as the fast, which was measured. */
const STEP_BYTES = { fast: 0, standard: 200e6 } as const

export function trainingNeeds({
  preset,
  method,
  size,
  singersSec,
  stepsPerSec,
  analysisFactor,
  residentBytes,
}: TrainingFacts): TrainingNeeds {
  const stages = stagesOf(method, singersSec, preset, true)
  const plans = stages.map((stage) => (stage.method === 'enroll' ? enrolmentPlans : trainingPlans)[preset])
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const stepCount = sum(plans.map((plan) => plan.stepCount))
  const checksOf = plans.map((plan) => Math.ceil(plan.stepCount / plan.checkSteps))
  // Each singer of a stage is rendered and written by itself.
  const checks = sum(stages.map(({ singers }, index) => singers.length * checksOf[index]))
  const clipsSec = sum(singersSec)
  const parameters = [...parameterShapes(spectralAutoencoderSizes[size], singersSec.length).values()]
    .map((shape) => shape.reduce((product, length) => product * length, 1))
    .reduce((sum, count) => sum + count, 0)
  const cost = gflopPerStep(size) / gflopPerStep('fast')
  const sec =
    stepsPerSec === null
      ? null
      : clipsSec / (analysisFactor ?? USUAL_ANALYSIS_FACTOR) +
        (stepCount * cost) / stepsPerSec +
        checks * SEC_PER_CHECK +
        singersSec.length * RANGE_TEST_SEC
  const singerBytes = 2 * parameters + BANK_BYTES
  return {
    stepCount,
    sec: sec === null ? null : { lowSec: sec * SPREAD.low, highSec: sec * SPREAD.high },
    diskBytes: Math.ceil(
      clipsSec * FEATURE_BYTES_PER_SEC +
        // A new state is written beside the old one before it takes its place.
        (stages.length + 1) * ARRAYS_IN_STATE * 4 * parameters +
        singersSec.length * (MOST_CHECKPOINTS + 1) * singerBytes +
        (checks + singersSec.length) * AUDITION_BYTES,
    ),
    memoryBytes: Math.ceil(
      (residentBytes ?? USUAL_RESIDENT_BYTES) + STEP_BYTES[size] + FEATURE_COPIES * clipsSec * FEATURE_BYTES_PER_SEC,
    ),
  }
}
