import {
  keep,
  tensor2d,
  tensor3d,
  valueAndGrads,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { adamWStep, clipNorm, type AdamWOptions, type AdamWState } from '../../nn/adamw.ts'
import { totalOf } from '../../nn/join.ts'
import { chooseRows } from '../../nn/linear.ts'
import { limitRows } from '../../nn/max-norm.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../../nn/parameters.ts'
import { measurePeakBytes } from '../../nn/peak-memory.ts'
import type { Remembering } from '../../nn/remembered-block.ts'
import { readTensors } from '../../nn/scope.ts'
import { wholeBatch, type BatchUse } from '../batch-use.ts'
import { partsOfBatch } from './batch-parts.ts'
import { AUXILIARY_CHANNELS, BAND_COUNT, ENCODER_INPUT_CHANNELS, type SpectralAutoencoderConfig } from './config.ts'
import { createLossWeights, measureWeightSums, reconstructionLoss, type LossParts, type LossWeights } from './loss.ts'
import { confusionLoss } from './confusion.ts'
import { createEncoderFrameWeights, decode, encode } from './network.ts'
import type { TrainingBatch } from './training-batch.ts'

export interface Losses extends Readonly<Record<keyof LossParts, number>> {
  readonly total: number
}

export interface Network {
  readonly config: SpectralAutoencoderConfig
  readonly layout: ParameterLayout
  readonly singerCount: number
  /** λ of a confusion classifier, whose parameters the layout then holds; missing, there is none. */
  readonly confusionWeight?: number
}

const ADAMW: AdamWOptions = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, decay: 1e-4 }
const GRADIENT_NORM_LIMIT = 1
/** Max-norm of the singers' rows, as after each lookup. */
const SINGER_NORM_LIMIT = 1

/**
 * One update of the state, in place.
 * @param rate of all parameters, or by name
 * @param stepNumber 1 for the first
 * @param isTrained by parameter name; all others stay as they are, bit for bit
 * @param use where memory is short
 * @param gradientOf where the tensors are not in this process
 * @returns the losses before the update
 */
export async function trainingStep(
  network: Network,
  state: AdamWState,
  batch: TrainingBatch,
  rate: number | ((name: string) => number),
  stepNumber: number,
  isTrained: (name: string) => boolean = () => true,
  use: BatchUse = wholeBatch,
  gradientOf: typeof lossAndGradient = lossAndGradient,
): Promise<Losses> {
  const { losses, gradient } = await gradientOf(network, state.weights, batch, isTrained, use)
  clipNorm(gradient, GRADIENT_NORM_LIMIT)
  for (const { name, offset, length } of network.layout.entries) {
    if (!isTrained(name)) continue
    const part = (values: Float32Array) => values.subarray(offset, offset + length)
    const entry = {
      weights: part(state.weights),
      firstMoment: part(state.firstMoment),
      secondMoment: part(state.secondMoment),
    }
    adamWStep(entry, part(gradient), typeof rate === 'number' ? rate : rate(name), stepNumber, ADAMW)
    if (name === 'singers/table') limitRows(entry.weights, network.config.singer, SINGER_NORM_LIMIT)
  }
  return losses
}

/** The losses of a batch, with no gradient. */
export async function measureLoss(
  network: Network,
  weights: Float32Array,
  batch: TrainingBatch,
  use: BatchUse = wholeBatch,
): Promise<Losses> {
  const total = await sumOverParts(batch, use, (part) =>
    listParts(forwardLoss(network, toTensors(network.layout, weights), createInputs(network, part))),
  )
  return lossesOf(total)
}

/** The losses and the gradient in the layout's order; zero where nothing is trained. */
export async function lossAndGradient(
  network: Network,
  weights: Float32Array,
  batch: TrainingBatch,
  isTrained: (name: string) => boolean = () => true,
  use: BatchUse = wholeBatch,
): Promise<{ readonly losses: Losses; readonly gradient: Float32Array }> {
  const names = network.layout.entries.map(({ name }) => name).filter(isTrained)
  const remembering = use.recomputes ? 'inputs' : 'everything'
  const total = await sumOverParts(batch, use, (part) => partGradient(network, weights, part, names, remembering))
  return { losses: lossesOf(total), gradient: gatherGradient(network.layout, names, total.slice(PART_NAMES.length)) }
}

/** Adds the numbers that each part of the batch gives. */
async function sumOverParts(
  batch: TrainingBatch,
  { itemsAtOnce }: BatchUse,
  compute: (part: TrainingBatch) => readonly Tensor[],
): Promise<Float32Array[]> {
  let total: Float32Array[] = []
  for (const part of partsOfBatch(batch, itemsAtOnce)) {
    const numbers = await readTensors(() => compute(part))
    total = total.length === 0 ? numbers : addInPlace(total, numbers)
  }
  return total
}

/** Bytes of tensors at the peak of a step on one item: what a plan for the memory starts from. */
export const measureItemPeak = (
  network: Network,
  weights: Float32Array,
  batch: TrainingBatch,
  recomputes: boolean,
): Promise<number> => {
  const names = network.layout.entries.map(({ name }) => name)
  const remembering = recomputes ? 'inputs' : 'everything'
  const [item] = partsOfBatch(batch, 1)
  return measurePeakBytes(() => partGradient(network, weights, item, names, remembering))
}

/** The parts' losses and one gradient for each name, of some items. */
function partGradient(
  network: Network,
  weights: Float32Array,
  batch: TrainingBatch,
  names: readonly string[],
  remembering: Remembering,
): Tensor[] {
  const inputs = createInputs(network, batch)
  const parameters = toTensors(network.layout, weights)
  let parts: LossParts | undefined
  const { grads } = valueAndGrads((...trained: Tensor[]) => {
    const all = new Map([...parameters, ...names.map((name, index) => [name, trained[index]] as const)])
    const forward = forwardParts(network, all, inputs, remembering)
    parts = forward.parts
    for (const part of Object.values(parts)) keep(part)
    return totalOf([...Object.values(parts), ...confusionOf(network, forward.z, batch, all)])
  })(names.map((name) => parameters.get(name) as Tensor)) // the names come from the layout that made the map
  assert(parts !== undefined, 'the loss was not computed')
  return [...listParts(parts), ...grads]
}

function addInPlace(total: Float32Array[], more: readonly Float32Array[]): Float32Array[] {
  total.forEach((numbers, index) => {
    for (let i = 0; i < numbers.length; i++) numbers[i] += more[index][i]
  })
  return total
}

/** The parts of a batch's loss as tensors, for whoever brings the parameters and takes the gradient. */
export const batchLoss = (network: Network, parameters: TensorsByName, batch: TrainingBatch): LossParts =>
  forwardLoss(network, parameters, createInputs(network, batch))

interface Inputs {
  readonly x: Tensor3D
  readonly auxiliary: Tensor3D
  readonly target: Tensor3D
  readonly weights: LossWeights
  readonly frameWeights: ReturnType<typeof createEncoderFrameWeights>
  /** [B, singers], one 1 per row. */
  readonly singers: Tensor2D
}

function createInputs(network: Network, batch: TrainingBatch): Inputs {
  const B = batch.singerIndices.length
  const T = batch.frameCount
  const singers = new Float32Array(B * network.singerCount)
  batch.singerIndices.forEach((singer, item) => (singers[item * network.singerCount + singer] = 1))
  return {
    x: tensor3d(batch.encoderInput, [B, T, ENCODER_INPUT_CHANNELS]),
    auxiliary: tensor3d(batch.auxiliary, [B, T, AUXILIARY_CHANNELS]),
    target: tensor3d(batch.target, [B, T, BAND_COUNT]),
    weights: createLossWeights(batch, batch.weightSums ?? measureWeightSums(batch)),
    frameWeights: createEncoderFrameWeights(batch.encoderInput, B, T),
    singers: tensor2d(singers, [B, network.singerCount]),
  }
}

/** None of a network without a classifier. Of part of a batch it could not be told how much it counts. */
function confusionOf(
  { confusionWeight = 0 }: Network,
  z: Tensor3D,
  batch: TrainingBatch,
  parameters: TensorsByName,
): Scalar[] {
  if (confusionWeight === 0) return []
  assert(batch.weightSums === undefined, 'a confusion classifier is learned from whole batches')
  return [confusionLoss(z, batch.singerIndices, parameters, confusionWeight)]
}

const forwardLoss = (network: Network, parameters: TensorsByName, inputs: Inputs): LossParts =>
  forwardParts(network, parameters, inputs, 'everything').parts

function forwardParts(
  network: Network,
  parameters: TensorsByName,
  inputs: Inputs,
  remembering: Remembering,
): { readonly z: Tensor3D; readonly parts: LossParts } {
  const z = encode(inputs.x, inputs.frameWeights, parameters, remembering, network.config.isUnnormalized)
  const table = parameters.get('singers/table')
  assert(table !== undefined, 'the table of singers is missing')
  const v = chooseRows(inputs.singers, table as Tensor2D) // the name fixes the rank: [singers, singer]
  const o = decode(z, v, inputs.auxiliary, parameters, network.config, remembering)
  return { z, parts: reconstructionLoss(o, inputs.target, inputs.weights) }
}

const PART_NAMES = ['shape/l1', 'delta/1', 'delta/4'] as const
const listParts = (parts: LossParts): Scalar[] => PART_NAMES.map((name) => parts[name])

/** @param numbers the parts' first, in the order of their names */
function lossesOf(numbers: readonly Float32Array[]): Losses {
  const [[shape], [delta1], [delta4]] = numbers
  return { 'shape/l1': shape, 'delta/1': delta1, 'delta/4': delta4, total: shape + delta1 + delta4 }
}

function gatherGradient(layout: ParameterLayout, names: readonly string[], grads: readonly Float32Array[]) {
  const gradient = new Float32Array(layout.count)
  const byName = new Map(names.map((name, index) => [name, grads[index]]))
  for (const { name, offset } of layout.entries) {
    const found = byName.get(name)
    if (found !== undefined) gradient.set(found, offset)
  }
  return gradient
}
