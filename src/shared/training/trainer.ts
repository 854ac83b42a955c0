import { createRandom } from '../base/random.ts'
import { negativeControl, spectralAutoencoderSizes } from '../networks/spectral-autoencoder/config.ts'
import { confusionShapes, isOfConfusion } from '../networks/spectral-autoencoder/confusion.ts'
import { initializeParameters, initializeShapes } from '../networks/spectral-autoencoder/initialize.ts'
import { parameterShapes, type Parameters } from '../networks/spectral-autoencoder/parameters.ts'
import { localWork, type TensorWork } from '../networks/spectral-autoencoder/tensor-work.ts'
import type { TrainingBatch } from '../networks/spectral-autoencoder/training-batch.ts'
import { trainingStep, type Losses, type Network } from '../networks/spectral-autoencoder/training-step.ts'
import { copyAdamWState, createAdamWState } from '../nn/adamw.ts'
import { createParameterLayout, packParameters, unpackParameters } from '../nn/parameters.ts'
import { translateBatch } from './back-translation.ts'
import { augmentedBatch, plainBatch, type SampleBandMap } from './batch.ts'
import type { TrainingClip } from './clip.ts'
import { createCropSampler, heldOutCrops } from './crops.ts'
import { disguisedPhrases, errorDb } from './disguised-phrases.ts'
import { isExhausted, noChecksYet, noteLoss, type EarlyStopping } from './early-stopping.ts'
import { activeClipMean, measureNormalization, type Normalization } from './normalization.ts'
import { spansBySinger, splitPhrases, type PhraseSplit } from './phrases.ts'
import { BATCH_SIZE, peakRates, type TrainingPlan } from './presets.ts'
import { TRANSLATION_BEGINS, withoutPublishedOptions, type PublishedOptions } from './published-options.ts'
import { oneCycleRate } from './schedule.ts'
import type { TrainingState } from './state.ts'
import type { Tuning } from './tuning.ts'
import { fitIntoMemory, type WithinMemory } from './within-memory.ts'

export interface TrainerOptions {
  readonly clips: readonly TrainingClip[]
  readonly singerCount: number
  /** `control` is for measurements alone. */
  readonly size: keyof typeof spectralAutoencoderSizes | 'control'
  readonly plan: TrainingPlan
  readonly seed: number
  /** Phrases held out of each singer (`splitEachSinger`), who then all count alike; missing, drawn from all together. */
  readonly split?: PhraseSplit
  readonly sampleBandMap: SampleBandMap
  /** Share of the crops that are learned from another's reading of the same words, for clips that name some. */
  readonly readingShare?: number
  /** Missing, none of them. They compute where this runs: `work` knows nothing of them. */
  readonly published?: PublishedOptions
  /** Missing, everything is learned from scratch. */
  readonly tuning?: Tuning | null
  /** Where the tensors are; missing, on the engine that is set. */
  readonly work?: TensorWork
  /** What a step may take; null where nobody knows. Less than a whole batch changes only the time it takes. */
  readonly memoryBudgetBytes?: number | null
  /** Told in words what a person should know, such as memory that ran out. */
  readonly onNote?: (text: string) => void
  /** Goes on from here, bit for bit as if it had never stopped; everything else must be as it was. */
  readonly resumeFrom: TrainingState | null
}

export interface Check {
  /** Mean over the singers, where each has phrases of its own. */
  readonly heldOutLoss: number
  /** One for each singer with phrases of its own, else one of all together. */
  readonly singerLosses: readonly number[]
  readonly isBest: boolean
  readonly isExhausted: boolean
}

/** A training, advanced step by step; time, files and cancelling are the caller's. */
export interface Trainer {
  /** Steps done. */
  readonly step: number
  readonly isFinished: boolean
  /** How the held-out loss went so far. */
  readonly history: EarlyStopping
  readonly split: PhraseSplit
  readonly normalization: Normalization
  /** One update; the losses before it. */
  advance(): Promise<Losses>
  /** Judges the held-out phrases, and keeps the weights if they are the best so far. */
  check(): Promise<Check>
  /**
   * By how many dB the best weights' pictures of a singer's held-out phrases are off, heard in disguise
   * (`disguised-phrases.ts`): a figure that networks with other normalizations can be compared by.
   */
  disguisedErrorDb(singerIndex: number): Promise<number>
  save(): TrainingState
  /** The best weights of all checks, else the present ones. */
  bestParameters(): Parameters
  /** The weights as they are now. */
  presentParameters(): Parameters
}

export function createTrainer(options: TrainerOptions): Trainer {
  const { clips, plan, resumeFrom, tuning = null, work = localWork, published = withoutPublishedOptions } = options
  const { confusionWeight, backTranslationShare, reversedShare } = published
  const config = options.size === 'control' ? negativeControl : spectralAutoencoderSizes[options.size]
  const { singerCount } = options
  const confusion = confusionWeight === 0 ? [] : confusionShapes(config, singerCount)
  const layout = createParameterLayout(new Map([...parameterShapes(config, singerCount), ...confusion]))
  const network: Network = { config, layout, singerCount, confusionWeight }
  // The same draws in the same order at every start: split, weights, then the steps.
  const seeded = createRandom(options.seed)
  const split = options.split ?? splitPhrases(clips, seeded)
  const begun = tuning?.parameters ?? initializeParameters(config, singerCount, seeded)
  const classifier = initializeShapes(new Map(confusion), config, singerCount, seeded)
  const initial = packParameters(layout, new Map([...begun, ...classifier]))
  const random = resumeFrom === null ? seeded : createRandom(resumeFrom.random)
  const optimizer = resumeFrom === null ? createAdamWState(initial) : copyAdamWState(resumeFrom.optimizer)
  const normalization = tuning?.normalization ?? measureNormalization(clips, split.training)
  const peakRateOf = (name: string) => (tuning === null ? peakRates[options.size] : tuning.peakRateOf(name))
  const isTrained = (name: string) => peakRateOf(name) !== null
  const { readingShare = 0 } = options
  const source = { clips, clipMeans: clips.map(activeClipMean), normalization, readingShare, reversedShare }
  const sampler = createCropSampler(clips, split.training)
  const judged = options.split === undefined ? [split.heldOut] : spansBySinger(clips, split.heldOut)
  const judging = judged.map((spans) => inBatches(heldOutCrops(spans)).map((crops) => plainBatch(source, crops)))

  let { step, history, bestWeights } = resumeFrom ?? { step: 0, history: noChecksYet, bestWeights: null }

  let withinMemory: WithinMemory | null = null
  /** The first batch shows what a step takes. */
  async function memory(batch: TrainingBatch): Promise<WithinMemory> {
    const peakOf = (recomputes: boolean) => work.measureItemPeak(network, optimizer.weights, batch, recomputes)
    return (withinMemory ??= await fitIntoMemory(batch.singerIndices.length, peakOf, options))
  }

  async function lossOf(batches: readonly TrainingBatch[], weights: Float32Array): Promise<number> {
    const losses: { loss: number; weight: number }[] = []
    for (const batch of batches) {
      const within = await memory(batch)
      const { 'shape/l1': loss } = await within.run((use) => work.measureLoss(network, weights, batch, use))
      losses.push({ loss, weight: batch.singerIndices.length })
    }
    return meanLoss(losses)
  }

  const isTranslated = () => backTranslationShare > 0 && step >= TRANSLATION_BEGINS * plan.stepCount
  const translated = (batch: TrainingBatch) =>
    translateBatch(network, unpackParameters(layout, optimizer.weights), batch, backTranslationShare, random)
  const parametersOf = (weights: Float32Array): Parameters =>
    new Map([...unpackParameters(layout, weights)].filter(([name]) => !isOfConfusion(name)))

  return {
    split,
    normalization,
    get step() {
      return step
    },
    get history() {
      return history
    },
    get isFinished() {
      return step >= plan.stepCount || isExhausted(history, plan.patience)
    },
    async advance() {
      const crops = Array.from({ length: BATCH_SIZE }, () => sampler.draw(random))
      const drawn = augmentedBatch(source, crops, options.sampleBandMap, random)
      const batch = isTranslated() ? translated(drawn) : drawn
      const cycle = step
      const rateOf = (name: string) => oneCycleRate(cycle, plan.stepCount, peakRateOf(name) ?? 0)
      step++
      const within = await memory(batch)
      return within.run((use) =>
        trainingStep(network, optimizer, batch, rateOf, step, isTrained, use, work.lossAndGradient),
      )
    },
    async check() {
      const singerLosses: number[] = []
      for (const batches of judging) singerLosses.push(await lossOf(batches, optimizer.weights))
      const heldOutLoss = singerLosses.reduce((sum, loss) => sum + loss, 0) / singerLosses.length
      history = noteLoss(history, step, heldOutLoss)
      const isBest = history.checksSinceBest === 0
      if (isBest) bestWeights = optimizer.weights.slice()
      return { heldOutLoss, singerLosses, isBest, isExhausted: isExhausted(history, plan.patience) }
    },
    async disguisedErrorDb(singerIndex) {
      const own = split.heldOut.filter(({ clipIndex }) => clips[clipIndex].singerIndex === singerIndex)
      const batches = disguisedPhrases(source, own, options.sampleBandMap)
      return errorDb(await lossOf(batches, bestWeights ?? optimizer.weights), normalization.spread)
    },
    save: () => ({
      step,
      history,
      random: random.save(),
      optimizer: copyAdamWState(optimizer),
      bestWeights,
    }),
    bestParameters: () => parametersOf(bestWeights ?? optimizer.weights),
    presentParameters: () => parametersOf(optimizer.weights),
  }
}

function inBatches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE) }, (_, index) =>
    items.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  )
}

function meanLoss(parts: readonly { readonly loss: number; readonly weight: number }[]): number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  return parts.reduce((sum, { loss, weight }) => sum + loss * weight, 0) / total
}
