import type { PresetEstimate } from '../../../../shared/contract/estimates.ts'
import type { WaveformSize } from '../../../../shared/contract/waveform.ts'
import { countParameters } from '../../../../shared/networks/explained/explanation.ts'
import {
  dilationsOf,
  samplesApart,
  WAVENET_RATE_HZ,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
  type WavenetBlocks,
} from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { isAdversarys, wavenetAutoencoderShapes } from '../../../../shared/networks/wavenet-autoencoder/parameters.ts'
import { wavenetGflopPerStep } from '../../../../shared/networks/wavenet-autoencoder/step-cost.ts'
import { waveformPlan, type WaveformPlan } from '../../../../shared/training/wavenet-autoencoder/plans.ts'

export interface WaveformFacts {
  readonly size: WaveformSize
  /** Missing, the size's own. */
  readonly steps?: number
  /** Of each singer. */
  readonly singersSec: readonly number[]
  /** 10⁹ multiplications and additions a second that the engine's self-test reached in training; null until measured. */
  readonly gflopPerSec: number | null
  /** Seconds of sound read per second; null until measured. */
  readonly analysisFactor: number | null
  /** Of the engine's whole process after the steps of its self-test; null until measured. */
  readonly residentBytes: number | null
  readonly freeMemoryBytes: number
}

/** Long rows of few channels keep an engine less busy than its self-test, or more: by this much. */
export const WAVENET_SPREAD = { low: 0.7, high: 2 } as const
const USUAL_ANALYSIS_FACTOR = 6
/** Per second of clips: a level per sample, and the pitch 200 times. */
const FEATURE_BYTES_PER_SEC = WAVENET_RATE_HZ + 4 * 200
/** Best, last three and waymarks. */
const MOST_CHECKPOINTS = 7
/** A process with an engine that has taken steps, until that was measured on this machine. */
const USUAL_RESIDENT_BYTES = 500e6
/** What a step remembers of a sample: in the encoder three times its channels a layer, in the decoder five times. */
const REMEMBERED = { encoder: 3, decoder: 5 } as const
/** A step gets no more than half of what is free, and computes again what it does not remember. */
const SHARE_OF_FREE = 0.5

/** What a training of a waveform model will take, before it is begun. */
export function waveformNeeds(facts: WaveformFacts): PresetEstimate {
  const { size, singersSec, gflopPerSec, residentBytes, freeMemoryBytes } = facts
  const config: WavenetAutoencoderConfig = wavenetAutoencoderSizes[size]
  const plan = waveformPlan(size, facts.steps)
  const clipsSec = singersSec.reduce((sum, sec) => sum + sec, 0)
  const shapes = wavenetAutoencoderShapes(config, singersSec.length)
  const all = countParameters(shapes)
  const kept = countParameters(new Map([...shapes].filter(([name]) => !isAdversarys(name))))
  const readSec = clipsSec / (facts.analysisFactor ?? USUAL_ANALYSIS_FACTOR)
  const sec = gflopPerSec === null ? null : gflopOf(config, plan) / gflopPerSec
  const remembered = plan.batchSize * plan.segmentSamples * bytesPerSample(config)
  return {
    stepCount: plan.stepCount,
    sec:
      sec === null
        ? null
        : { lowSec: readSec + sec * WAVENET_SPREAD.low, highSec: readSec + sec * WAVENET_SPREAD.high },
    diskBytes: Math.ceil(
      clipsSec * FEATURE_BYTES_PER_SEC +
        // Weights and two moments; a new state is written beside the old one before it takes its place.
        2 * 3 * 4 * all +
        singersSec.length * (MOST_CHECKPOINTS + 2) * 2 * kept,
    ),
    memoryBytes: Math.ceil(
      (residentBytes ?? USUAL_RESIDENT_BYTES) +
        Math.min(remembered, Math.max(SHARE_OF_FREE * freeMemoryBytes, remembered / plan.batchSize)) +
        // Weights, moments, what was last saved and the gradient.
        7 * 4 * all +
        2 * clipsSec * FEATURE_BYTES_PER_SEC,
    ),
  }
}

/** Of both phases: phase 2's updates cost no more than others, and what it sings is a forward pass of the decoder. */
function gflopOf(
  config: WavenetAutoencoderConfig,
  { stepCount, batchSize, segmentSamples, translation }: WaveformPlan,
) {
  const ofStep = wavenetGflopPerStep(config, batchSize * segmentSamples)
  if (translation === null) return stepCount * ofStep
  const every = 'steps' in translation.every ? translation.every.steps : stepCount
  const rounds = Math.max(Math.ceil((stepCount - translation.startStep) / every), 0)
  const updates = rounds * Math.ceil(translation.segments / batchSize)
  const sung = rounds * wavenetGflopPerStep(config, translation.segments * translation.segmentSamples)
  return (stepCount + updates) * ofStep + sung
}

/** What a step remembers of each sample that it learns from. */
export const bytesPerSample = (config: WavenetBlocks): number =>
  4 *
  ((REMEMBERED.encoder * config.encoder.channels * dilationsOf(config.encoder).length) / samplesApart(config.encoder) +
    REMEMBERED.decoder * config.decoder.channels * dilationsOf(config.decoder).length)
