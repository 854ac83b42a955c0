import { createRandom, type RandomState } from '../../base/random.ts'
import type { EmotionNormal } from '../../conversion/emotions/relgan/emotion-normal.ts'
import type { RelganConfig } from '../../networks/relgan/config.ts'
import { withGenerator, type Generate } from '../../networks/relgan/inference.ts'
import { initializeRelgan, initializeSingularVectors } from '../../networks/relgan/initialize.ts'
import { relganShapes } from '../../networks/relgan/parameters.ts'
import {
  relganLosses,
  relganStep,
  type RelganBatch,
  type RelganLosses,
  type RelganState,
} from '../../networks/relgan/training-step.ts'
import { copyAdamWState, createAdamWState } from '../../nn/adamw.ts'
import { createParameterLayout, packParameters, unpackParameters, type StoredParameters } from '../../nn/parameters.ts'
import type { EmotionalClip } from './emotional-clip.ts'
import { createBatchSampler } from './sampler.ts'
import { relganRates, relganWeights } from './schedule.ts'
import { measureNormals } from './statistics.ts'

/** As published. */
export const RELGAN_BATCH_SIZE = 8

export interface RelganTrainerOptions {
  /** Each at least a crop long; at least one for each emotion, and at least three emotions. */
  readonly clips: readonly EmotionalClip[]
  readonly config: RelganConfig
  readonly seed: number
  /** Divides every weight of the discriminator by its largest singular value. */
  readonly isSpectrallyNormalized: boolean
  readonly batchSize?: number
  /** The way that rates and weights go; missing, as published. */
  readonly stepCount?: number
  /** Goes on from here, bit for bit as if it had never stopped; everything else must be as it was. */
  readonly resumeFrom: RelganTrainingState | null
}

/** Everything that decides how a training goes on. */
export interface RelganTrainingState extends RelganState {
  /** Steps done. */
  readonly step: number
  readonly random: RandomState
}

/** A training, advanced step by step; time, files and cancelling are the caller's. */
export interface RelganTrainer {
  readonly step: number
  readonly config: RelganConfig
  readonly normals: readonly EmotionNormal[]
  /** One update of both networks; the losses by name before it. */
  advance(): Promise<RelganLosses>
  /** The losses by name on a batch that is not learned from. */
  judge(batch: RelganBatch): Promise<RelganLosses>
  /** Lends the generator as it is now. */
  withGenerator<Result>(work: (generate: Generate) => Promise<Result>): Promise<Result>
  save(): RelganTrainingState
  parameters(): StoredParameters
}

export function createRelganTrainer(options: RelganTrainerOptions): RelganTrainer {
  const { clips, config, resumeFrom, batchSize = RELGAN_BATCH_SIZE, stepCount } = options
  const layout = createParameterLayout(relganShapes(config))
  const normals = measureNormals(clips, config.emotions)
  const sampler = createBatchSampler(clips, normals)
  // The same draws in the same order at every start: weights, vectors, then the steps.
  const seeded = createRandom(options.seed)
  const initial = packParameters(layout, initializeRelgan(config, seeded))
  const vectors = options.isSpectrallyNormalized ? initializeSingularVectors(config, seeded) : new Map()
  const state =
    resumeFrom === null ? { optimizer: createAdamWState(initial), singularVectors: vectors } : copied(resumeFrom)
  const random = resumeFrom === null ? seeded : createRandom(resumeFrom.random)
  let step = resumeFrom?.step ?? 0
  return {
    config,
    normals,
    get step() {
      return step
    },
    async advance() {
      const batch = sampler.draw(random, batchSize)
      const [rates, weights] = [relganRates(step, stepCount), relganWeights(step, stepCount)]
      step++
      return relganStep({ config, layout }, state, batch, rates, weights, step)
    },
    judge: (batch) => relganLosses({ config, layout }, state, batch),
    withGenerator: (work) => withGenerator(config, unpackParameters(layout, state.optimizer.weights), work),
    save: () => ({ ...copied(state), step, random: random.save() }),
    parameters: () => unpackParameters(layout, state.optimizer.weights),
  }
}

const copied = ({ optimizer, singularVectors }: RelganState): RelganState => ({
  optimizer: copyAdamWState(optimizer),
  singularVectors: new Map([...singularVectors].map(([name, vector]) => [name, vector.slice()])),
})
