import { WAVENET_RATE_HZ } from '../../networks/wavenet-autoencoder/config.ts'
import type { musicTranslationSizes } from '../../networks/music-translation/config.ts'
import { publishedConfusion, type ConfusionWeights } from '../../networks/wavenet-autoencoder/gradients.ts'
import type { WaveformRates } from '../wavenet-autoencoder/plans.ts'
import type { Dynamics } from './dynamics.ts'
import type { Transposition } from './transposition.ts'

/** How a training goes: every number that it depends on besides the clips, the size and the seed. */
export interface MusicTranslationPlan {
  readonly stepCount: number
  /** Crops of each domain in every step, and how long they are; shorter clips are taken whole. */
  readonly cropsPerDomain: number
  readonly segmentSamples: number
  /** Standard deviation, in levels, of the noise on the past that a decoder is led by; 0, as published, for none. */
  readonly pastNoise: number
  /** A span of what the encoder hears is put out of tune. */
  readonly isAugmented: boolean
  /** Some crops are played higher or lower than they were; missing, none. */
  readonly transposition?: Transposition
  /** Some crops are played louder or softer than they were; missing, none. */
  readonly dynamics?: Dynamics
  /** What the domain classifier hears: the paper's formula has the clip that was put out of tune, its code the clean one. */
  readonly classifierHears: 'clean' | 'augmented'
  readonly rates: WaveformRates
  readonly confusion: ConfusionWeights
  /** The most of each number of a gradient; null for no limit. */
  readonly clipValue: number | null
  /** What plays is a running mean of the weights. */
  readonly isAveraged: boolean
  /** Held-out clips are judged, and everything is saved, after each so many steps. */
  readonly checkSteps: number
}

/** Of the published code: as its script runs it, and what it does unless told otherwise. */
export const publishedRates = {
  script: { autoencoder: 1e-3, decay: 0.995, decaySteps: 1000, adversaries: 1e-3 },
  defaults: { autoencoder: 1e-4, decay: 0.98, decaySteps: 10_000, adversaries: 1e-4 },
} as const satisfies Record<string, WaveformRates>

/** As the published script trains six domains: 32 crops a step of each. */
const paper: MusicTranslationPlan = {
  stepCount: 300_000,
  cropsPerDomain: 32,
  segmentSamples: 12_000,
  pastNoise: 0,
  isAugmented: true,
  classifierHears: 'clean',
  rates: publishedRates.script,
  confusion: publishedConfusion,
  clipValue: 1,
  isAveraged: false,
  checkSteps: 1000,
}

export const musicTranslationPlans = {
  paper,
  long: paper,
  compact: { ...paper, stepCount: 60_000, cropsPerDomain: 4, segmentSamples: WAVENET_RATE_HZ / 2 },
  /** Three latents a crop; rates that fall to the last step. */
  preview: {
    ...paper,
    stepCount: 1600,
    cropsPerDomain: 1,
    segmentSamples: 2400,
    pastNoise: 6,
    transposition: { mostSemitones: 6, share: 0.5 },
    dynamics: { share: 0.3, softestPeak: 0.1, mostGain: 30 },
    rates: { autoencoder: 5e-3, decay: 0.98, decaySteps: 20, adversaries: 4e-3 },
    isAveraged: true,
    checkSteps: 100,
  },
  /** NSynth's: one domain, no confusion, short segments, and a running mean that plays. */
  nsynth: {
    ...paper,
    stepCount: 200_000,
    segmentSamples: 6144,
    isAugmented: false,
    rates: { autoencoder: 2e-4, decay: 0.8, decaySteps: 12_000, adversaries: 0 },
    confusion: { singer: 0, pitch: 0 },
    clipValue: null,
    isAveraged: true,
  },
  tiny: {
    ...paper,
    stepCount: 40,
    cropsPerDomain: 2,
    segmentSamples: 16 * 16,
    rates: { autoencoder: 4e-3, decay: 0.9, decaySteps: 10, adversaries: 4e-3 },
    checkSteps: 10,
  },
} as const satisfies Record<keyof typeof musicTranslationSizes, MusicTranslationPlan>

/** The plan of a size, its rate falling as far where other steps are asked for. */
export function musicTranslationPlan(
  size: keyof typeof musicTranslationPlans,
  stepCount?: number,
): MusicTranslationPlan {
  const plan: MusicTranslationPlan = musicTranslationPlans[size]
  if (stepCount === undefined || stepCount === plan.stepCount) return plan
  const share = stepCount / plan.stepCount
  const checkSteps = Math.max(1, Math.min(plan.checkSteps, Math.round(stepCount / 10)))
  return { ...plan, stepCount, checkSteps, rates: { ...plan.rates, decaySteps: share * plan.rates.decaySteps } }
}
