import type { Scalar } from '@tensorflow/tfjs-core'
import { adamWStep, clipNorm, type AdamWOptions, type AdamWState } from '../nn/adamw.ts'
import { trainingDiverged } from '../nn/diverged.ts'
import { namedGradient } from '../nn/named-gradient.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../nn/parameters.ts'
import { readTensors } from '../nn/scope.ts'
import type { VocoderBatch } from './vocoder-batch.ts'

/** Makes a batch to tensors, and gives the loss that some parameters have on it. */
export type BatchLoss<Config> = (batch: VocoderBatch, config: Config) => (parameters: TensorsByName) => Scalar

/** A vocoder's network as it learns. */
export interface LearningVocoder<Config> {
  readonly config: Config
  /** Of its shapes. */
  readonly layout: ParameterLayout
  readonly lossOf: BatchLoss<Config>
}

const ADAM: AdamWOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0 }
const NORM_LIMIT = 1

/**
 * One update, in place; the loss before it. Throws `training-diverged`, and then nothing was learned.
 * @param stepNumber 1 for the first
 */
export async function vocoderStep<Config>(
  { config, layout, lossOf }: LearningVocoder<Config>,
  state: AdamWState,
  batch: VocoderBatch,
  rate: number,
  stepNumber: number,
): Promise<number> {
  const { loss, gradient } = await namedGradient(
    layout,
    state.weights,
    () => true,
    () => {
      const lossWith = lossOf(batch, config)
      return (parameters) => ({ loss: lossWith(parameters), more: [] })
    },
  )
  const flat = new Float32Array(layout.count)
  for (const { name, offset } of layout.entries) flat.set(gradient.get(name) ?? [], offset)
  const norm = clipNorm(flat, NORM_LIMIT)
  if (!Number.isFinite(loss) || !Number.isFinite(norm)) throw trainingDiverged(`In step ${stepNumber} the loss`)
  adamWStep(state, flat, rate, stepNumber, ADAM)
  return loss
}

/** The loss of a batch that is not learned from. */
export async function vocoderLoss<Config>(
  { config, layout, lossOf }: LearningVocoder<Config>,
  weights: Float32Array,
  batch: VocoderBatch,
): Promise<number> {
  const [[loss]] = await readTensors(() => [lossOf(batch, config)(toTensors(layout, weights))])
  return loss
}
