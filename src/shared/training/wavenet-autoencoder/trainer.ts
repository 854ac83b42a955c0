import { assert } from '../../base/assert.ts'
import { FailureError } from '../../base/errors.ts'
import { createRandom, type RandomState } from '../../base/random.ts'
import type { LatentMasks, WavenetBatch } from '../../networks/wavenet-autoencoder/batch.ts'
import type { WavenetAutoencoderConfig } from '../../networks/wavenet-autoencoder/config.ts'
import type { WavenetLosses, WavenetNetwork } from '../../networks/wavenet-autoencoder/gradients.ts'
import { initializeWavenetAutoencoder } from '../../networks/wavenet-autoencoder/initialize.ts'
import { wavenetAutoencoderShapes } from '../../networks/wavenet-autoencoder/parameters.ts'
import {
  confusedStep,
  judgeBatches,
  measureItemPeak,
  reconstructionStep,
  type OfBoth,
} from '../../networks/wavenet-autoencoder/training-step.ts'
import { copyAdamWState, createAdamWState, type AdamWState } from '../../nn/adamw.ts'
import { createParameterLayout, packParameters, unpackParameters, type StoredParameters } from '../../nn/parameters.ts'
import { fitIntoMemory, type WithinMemory } from '../within-memory.ts'
import type { WaveformClip } from './clip.ts'
import { batchesOf, createCropSampler, heldOutCrops, type Crop, type HeardCrop } from './crops.ts'
import { drawMasks } from './masks.ts'
import { deviationOf, withNoisyPast } from './noisy-past.ts'
import type { WaveformPlan } from './plans.ts'
import { isTranslationDue, stepsPerEpoch, waveformRates } from './schedule.ts'
import { singTranslations, type SingSegments, type Translations } from './translations.ts'
import { isTrainedIn, stageAt, type WaveformTuning } from './tuning.ts'

export interface WaveformTrainerOptions {
  /** Each at least a hop long. */
  readonly clips: readonly WaveformClip[]
  /** Never learned from, for `judge`; may be none. */
  readonly heldOut: readonly WaveformClip[]
  readonly singerCount: number
  readonly config: WavenetAutoencoderConfig
  readonly plan: WaveformPlan
  readonly seed: number
  /** How phase 2 sings. */
  readonly sing: SingSegments
  /** Missing, everything is learned from scratch. Its stages then take the place of the plan's steps and phases. */
  readonly tuning?: WaveformTuning | null
  /** What a step may take; missing or null where nobody knows. It changes only the time it takes, up to rounding. */
  readonly memoryBudgetBytes?: number | null
  /** Told in words what a person should know, such as memory that ran out. */
  readonly onNote?: (text: string) => void
  /** Goes on from here, bit for bit as if it had never stopped; everything else must be as it was. */
  readonly resumeFrom: WaveformTrainingState | null
}

/** Everything that decides how a training goes on. */
export interface WaveformTrainingState {
  /** Steps of the schedule done, and steps of phase 2 between them. */
  readonly step: number
  readonly translationSteps: number
  readonly random: RandomState
  readonly optimizer: AdamWState
  /** What was sung for phase 2 and not learned from yet, and before which step it was sung. */
  readonly pending: Translations | null
  readonly sungAtStep: number | null
}

/** Losses by name, each before its update: `reconstruction`, `classifier`, `accuracy`, `regressor`, `translation`. */
export type WaveformLosses = Readonly<Record<string, number>>

/** A training, advanced step by step; time, files and cancelling are the caller's. */
export interface WaveformTrainer {
  /** Steps of the schedule done: phase 2's come between them. */
  readonly step: number
  readonly stepCount: number
  readonly isFinished: boolean
  /**
   * One update, of phase 1, of phase 2 or of a tuning. Before the first update of a round of phase 2 its segments are
   * sung, which takes its time; when that is cancelled nothing has happened. Throws `training-diverged` when numbers
   * grow beyond all bounds: the training is then what it was when it was last saved.
   */
  advance(): Promise<WaveformLosses>
  /** The losses by name of the held-out clips; empty where there are none. */
  judge(): Promise<WaveformLosses>
  save(): WaveformTrainingState
  parameters(): StoredParameters
}

export function createWaveformTrainer(options: WaveformTrainerOptions): WaveformTrainer {
  const { clips, config, plan, singerCount, tuning = null, resumeFrom } = options
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, singerCount))
  const network: WavenetNetwork<WavenetAutoencoderConfig> = { config, layout, singerCount }
  const sampler = createCropSampler(clips, config)
  const epochSteps = stepsPerEpoch(clips, plan)
  const stepCount = tuning?.stages.reduce((sum, { steps }) => sum + steps, 0) ?? plan.stepCount
  // The same draws in the same order at every start: weights, then the steps.
  const seeded = createRandom(options.seed)
  const begun = tuning?.parameters ?? initializeWavenetAutoencoder(config, singerCount, seeded)
  let state: WaveformTrainingState = resumeFrom ?? {
    step: 0,
    translationSteps: 0,
    random: seeded.save(),
    optimizer: createAdamWState(packParameters(layout, begun)),
    pending: null,
    sungAtStep: null,
  }
  state = copied(state)
  let random = createRandom(state.random)
  let lastGood = copied(state)
  let withinMemory: WithinMemory | null = null

  /** The first batch shows what a step takes. */
  async function memory(batch: WavenetBatch): Promise<WithinMemory> {
    const peakOf = (recomputes: boolean) =>
      measureItemPeak(network, state.optimizer.weights, batch, plan.confusion, recomputes)
    return (withinMemory ??= await fitIntoMemory(plan.batchSize, peakOf, options))
  }

  const drawn = () => {
    const draw = { segmentSamples: plan.segmentSamples, isAugmented: plan.isAugmented }
    return Array.from({ length: plan.batchSize }, (_, item): HeardCrop => {
      const isNew = tuning !== null && item < tuning.newItems
      const crop = isNew ? sampler.drawOf(random, singerCount - 1, draw) : drawOther(draw)
      return { crop, heard: null }
    })
  }
  function drawOther(draw: { readonly segmentSamples: number; readonly isAugmented: boolean }): Crop {
    return tuning === null ? sampler.draw(random, draw) : sampler.drawOf(random, random.integer(singerCount - 1), draw)
  }
  const masksOf = (items: number, sampleCount: number): LatentMasks | null =>
    drawMasks(random, (items * sampleCount * config.latent) / config.hop, plan.dropout)

  const led = (batches: readonly WavenetBatch[]) =>
    batches.map((batch) => withNoisyPast(batch, deviationOf(plan.pastNoise ?? 0, random), random))

  async function learn(
    batches: readonly WavenetBatch[],
    rates: OfBoth,
    way: 'confused' | ((name: string) => boolean),
  ): Promise<WavenetLosses> {
    const { optimizer, step, translationSteps } = state
    const numbers = { autoencoder: step + translationSteps + 1, adversaries: step + 1 }
    const within = await memory(batches[0])
    return within.run((use) => {
      const update = { rates, numbers, clipValue: plan.clipValue, use }
      return way === 'confused'
        ? confusedStep(network, optimizer, batches, plan.confusion, update)
        : reconstructionStep(network, optimizer, batches, update, way)
    })
  }

  async function tuned(found: WaveformTuning): Promise<WaveformLosses> {
    const stage = stageAt(found.stages, state.step)
    assert(stage !== null, 'this tuning is finished')
    const rates = { autoencoder: stage.rate, adversaries: 0 }
    const losses = await learn(led(batchesOf(clips, config, drawn())), rates, (name) => isTrainedIn(name, stage))
    state = { ...state, step: state.step + 1 }
    return { reconstruction: losses.reconstruction }
  }

  async function confused(): Promise<WaveformLosses> {
    const batches = led(batchesOf(clips, config, drawn(), masksOf))
    const losses = await learn(batches, waveformRates(state.step, plan.rates), 'confused')
    state = { ...state, step: state.step + 1 }
    return namedLosses(losses, config.hasPitch)
  }

  async function sung(): Promise<Translations | null> {
    const { translation } = plan
    if (tuning !== null || translation === null || singerCount < 2 || state.sungAtStep === state.step) return null
    if (!isTranslationDue(state.step, translation, epochSteps)) return null
    const { isAugmented } = plan
    const source = { network, clips, sampler, isAugmented, sing: options.sing, atOnce: plan.batchSize }
    return singTranslations(source, state.optimizer.weights, translation, random)
  }

  async function translated({ crops, heard }: Translations): Promise<WaveformLosses> {
    const now = crops.slice(0, plan.batchSize)
    let at = 0
    const learned = now.map((crop) => ({ crop, heard: heard.subarray(at, (at += crop.sampleCount)) }))
    const batches = led(batchesOf(clips, config, learned))
    const losses = await learn(batches, waveformRates(state.step, plan.rates), () => true)
    const pending = now.length === crops.length ? null : { crops: crops.slice(now.length), heard: heard.slice(at) }
    state = { ...state, translationSteps: state.translationSteps + 1, pending }
    return { translation: losses.reconstruction }
  }

  async function oneUpdate(): Promise<WaveformLosses> {
    if (tuning !== null) return tuned(tuning)
    if (state.pending === null) {
      const pending = await sung()
      if (pending !== null) state = { ...state, pending, sungAtStep: state.step }
    }
    return state.pending === null ? confused() : translated(state.pending)
  }

  return {
    get step() {
      return state.step
    },
    stepCount,
    get isFinished() {
      return state.step >= stepCount && state.pending === null
    },
    async advance() {
      const before = random.save()
      try {
        return await oneUpdate()
      } catch (cause) {
        random = createRandom(before)
        if (cause instanceof FailureError && cause.failure.code === 'training-diverged') {
          state = copied(lastGood)
          random = createRandom(state.random)
        }
        throw cause
      }
    },
    async judge() {
      if (options.heldOut.length === 0) return {}
      const batches = batchesOf(options.heldOut, config, heldOutCrops(options.heldOut, plan.segmentSamples, config.hop))
      const within = await memory(batches[0])
      const losses = await within.run((use) => judgeBatches(network, state.optimizer.weights, batches, use))
      // A tuning leaves the adversaries, who know nobody new, as they began.
      return tuning === null ? namedLosses(losses, config.hasPitch) : { reconstruction: losses.reconstruction }
    },
    save() {
      lastGood = copied({ ...state, random: random.save() })
      return copied(lastGood)
    },
    parameters: () => unpackParameters(layout, state.optimizer.weights),
  }
}

/** The losses of a step by the names that curves show. */
export const namedLosses = (
  { reconstruction, singer, accuracy, pitch }: WavenetLosses,
  hasPitch: boolean,
): WaveformLosses => ({ reconstruction, classifier: singer, accuracy, ...(hasPitch ? { regressor: pitch } : {}) })

const copied = (state: WaveformTrainingState): WaveformTrainingState => ({
  ...state,
  optimizer: copyAdamWState(state.optimizer),
})
