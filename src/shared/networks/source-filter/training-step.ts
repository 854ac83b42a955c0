import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { adamWStep, clipNorm, type AdamWOptions, type AdamWState } from '../../nn/adamw.ts'
import { trainingDiverged } from '../../nn/diverged.ts'
import { namedGradient } from '../../nn/named-gradient.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import { createEnergyBases, spectralEnergyDistance } from '../../nn/spectral-energy.ts'
import type { StftBasis } from '../../nn/stft-loss.ts'
import {
  conditionFrames,
  FEATURES,
  FRAME_SAMPLES,
  GROUPS_PER_FRAME,
  LOSS_WINDOWS,
  PHASE_CHANNELS,
  SOURCE_CHANNELS,
  type SourceFilterConfig,
} from './config.ts'
import { excite, type SourceFilterInput } from './network.ts'
import { sourceRows } from './source-rows.ts'

export interface SourceFilterNetwork {
  readonly config: SourceFilterConfig
  /** Of `sourceFilterShapes`. */
  readonly layout: ParameterLayout
}

/** What one step learns from: items follow each other, all of `frameCount` frames of 80 samples. */
export interface SourceFilterBatch {
  readonly frameCount: number
  /** Of each item: [samples], whitened. */
  readonly target: Float32Array
  /** Of each item: [samples]. */
  readonly pulses: Float32Array
  /** Of each item: [groups × 8]. */
  readonly phase: Float32Array
  /** Of each item: [frameCount + 5, features]. */
  readonly features: Float32Array
  /** Of each item: [samples], drawn twice. */
  readonly noise: readonly [Float32Array, Float32Array]
}

const ADAM: AdamWOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0 }
const NORM_LIMIT = 1

/**
 * One update, in place; the loss before it. Throws `training-diverged`, and then nothing was learned.
 * @param stepNumber 1 for the first
 */
export async function sourceFilterStep(
  { config, layout }: SourceFilterNetwork,
  state: AdamWState,
  batch: SourceFilterBatch,
  rate: number,
  stepNumber: number,
): Promise<number> {
  const { loss, gradient } = await namedGradient(
    layout,
    state.weights,
    () => true,
    () => {
      const given = toInput(batch)
      return (parameters) => ({ loss: lossOf(given, parameters, config), more: [] })
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
export async function sourceFilterLoss(
  { config, layout }: SourceFilterNetwork,
  weights: Float32Array,
  batch: SourceFilterBatch,
): Promise<number> {
  const [[loss]] = await readTensors(() => [lossOf(toInput(batch), toTensors(layout, weights), config)])
  return loss
}

interface Given {
  readonly input: SourceFilterInput
  readonly target: Tensor3D
}

const lossOf = ({ input, target }: Given, parameters: TensorsByName, config: SourceFilterConfig) =>
  spectralEnergyDistance(excite(input, parameters, config), target, windows())

let bases: readonly StftBasis[] | null = null
/** Made once: a million cosines. */
const windows = (): readonly StftBasis[] => (bases ??= createEnergyBases(LOSS_WINDOWS))

/** Both draws of an item hear the same pulses and features. */
function toInput({ frameCount, target, pulses, phase, features, noise }: SourceFilterBatch): Given {
  const B = target.length / (frameCount * FRAME_SAMPLES)
  const groups = frameCount * GROUPS_PER_FRAME
  const source = new Float32Array(2 * B * groups * SOURCE_CHANNELS)
  noise.forEach((drawn, draw) => sourceRows(pulses, drawn, source.subarray(draw * B * groups * SOURCE_CHANNELS)))
  const twice = (values: Float32Array, shape: [number, number]) => {
    const both = new Float32Array(2 * values.length)
    both.set(values)
    both.set(values, values.length)
    return tensor3d(both, [2 * B, ...shape])
  }
  return {
    input: {
      source: tensor3d(source, [2 * B, groups, SOURCE_CHANNELS]),
      phase: twice(phase, [groups, PHASE_CHANNELS]),
      features: twice(features, [conditionFrames(frameCount), FEATURES]),
    },
    target: tensor3d(target, [B, frameCount * FRAME_SAMPLES, 1]),
  }
}
