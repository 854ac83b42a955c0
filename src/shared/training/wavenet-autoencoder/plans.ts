import { WAVENET_RATE_HZ, type wavenetAutoencoderSizes } from '../../networks/wavenet-autoencoder/config.ts'
import { publishedConfusion, type ConfusionWeights } from '../../networks/wavenet-autoencoder/gradients.ts'
import type { PastNoise } from './noisy-past.ts'

/** How a training goes: every number that it depends on besides the clips, the size and the seed. */
export interface WaveformPlan {
  readonly stepCount: number
  /** Crops a step, and how long they are; shorter clips are taken whole. */
  readonly batchSize: number
  readonly segmentSamples: number
  readonly isAugmented: boolean
  readonly rates: WaveformRates
  readonly confusion: ConfusionWeights
  /** Share of the latent that each adversary is kept from hearing at a time. */
  readonly dropout: number
  /** Of the past that the decoder is led by; missing, as published, none. */
  readonly pastNoise?: PastNoise
  /** The most of each number of a gradient; null for no limit. */
  readonly clipValue: number | null
  /** Phase 2; null for none. */
  readonly translation: TranslationPlan | null
  /** Held-out clips are judged, and everything is saved, after each so many steps. */
  readonly checkSteps: number
}

export interface WaveformRates {
  /** Of encoder, decoder and table at first; times `decay` after each `decaySteps`. */
  readonly autoencoder: number
  readonly decay: number
  readonly decaySteps: number
  /** Of classifier and regressor, always. Lower than the autoencoder's they fall behind what they learn against. */
  readonly adversaries: number
}

/** When others' readings of the clips are sung anew, and how many; each is learned from once. */
export interface TranslationPlan {
  readonly startStep: number
  /** Both published schedules: counted in steps, or in times that the clips were learned from. */
  readonly every: { readonly steps: number } | { readonly epochs: number }
  readonly segments: number
  readonly segmentSamples: number
  readonly temperature: number
}

/** Of PitchNet's published training. */
const paper: WaveformPlan = {
  stepCount: 300_000,
  batchSize: 8,
  segmentSamples: WAVENET_RATE_HZ,
  isAugmented: true,
  rates: { autoencoder: 1e-3, decay: 0.98, decaySteps: 1000, adversaries: 1e-3 },
  confusion: publishedConfusion,
  dropout: 0.2,
  clipValue: null,
  translation: {
    startStep: 200_000,
    every: { steps: 2000 },
    segments: 96,
    segmentSamples: WAVENET_RATE_HZ,
    temperature: 1,
  },
  checkSteps: 1000,
}

/** A shorter training walks the same way faster: rates end where the published ones do, phase 2 begins after two thirds. */
function shortened(stepCount: number, changes: Partial<WaveformPlan> = {}): WaveformPlan {
  const share = stepCount / paper.stepCount
  const scaled = (steps: number) => Math.max(Math.round(steps * share), 1)
  const { translation } = paper
  return {
    ...paper,
    stepCount,
    rates: { ...paper.rates, decaySteps: share * paper.rates.decaySteps },
    translation: translation && {
      ...translation,
      startStep: scaled(translation.startStep),
      every: { steps: Math.ceil(stepCount / 15) },
    },
    checkSteps: Math.max(Math.round(stepCount / 100), 1),
    ...changes,
  }
}

function previewPlan(stepCount: number): WaveformPlan {
  const segmentSamples = 4800
  const { translation, ...plan } = shortened(stepCount, { segmentSamples, batchSize: 4, isAugmented: false })
  return {
    ...plan,
    rates: { autoencoder: 4e-3, decay: 0.98, decaySteps: stepCount / 150, adversaries: 2e-3 },
    pastNoise: 4,
    translation: translation && { ...translation, segmentSamples },
  }
}

export const waveformPlans = {
  paper,
  /** Half a second reaches over the decoder's quarter. */
  compact: shortened(60_000, { segmentSamples: WAVENET_RATE_HZ / 2 }),
  /** Six latents a crop, as they are; rates that a short training gets somewhere with. */
  preview: previewPlan(6000),
  tiny: shortened(60, {
    segmentSamples: 16 * 16,
    batchSize: 4,
    translation: { startStep: 40, every: { steps: 10 }, segments: 8, segmentSamples: 16 * 8, temperature: 1 },
  }),
} as const satisfies Record<keyof typeof wavenetAutoencoderSizes, WaveformPlan>

/** A check costs as much as several steps. */
const LEAST_CHECK_STEPS = 20

/**
 * The plan of a size, walked faster or slower where other steps are asked for: of a shorter one phase 2 gets the same
 * share, with fewer segments.
 */
export function waveformPlan(size: keyof typeof waveformPlans, stepCount?: number): WaveformPlan {
  const plan: WaveformPlan = waveformPlans[size]
  if (stepCount === undefined || stepCount === plan.stepCount) return plan
  const share = stepCount / plan.stepCount
  const { translation, rates, batchSize } = plan
  return {
    ...plan,
    stepCount,
    checkSteps: Math.max(Math.round(stepCount / 100), Math.min(Math.ceil(stepCount / 10), LEAST_CHECK_STEPS)),
    rates: { ...rates, decaySteps: share * rates.decaySteps },
    translation: translation && {
      ...translation,
      startStep: Math.max(Math.round(share * translation.startStep), 1),
      every: 'steps' in translation.every ? { steps: Math.ceil(stepCount / 15) } : translation.every,
      segments: Math.max(Math.round(Math.min(share, 1) * translation.segments), batchSize),
    },
  }
}

/** As Nachmani and Wolf translated: new readings after every third time that the clips were learned from. */
export const byEpochs = (plan: WaveformPlan): WaveformPlan => ({
  ...plan,
  translation: plan.translation && { ...plan.translation, every: { epochs: 3 } },
})
