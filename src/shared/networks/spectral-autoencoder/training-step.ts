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
import { readTensors } from '../../nn/scope.ts'
import { AUXILIARY_CHANNELS, BAND_COUNT, ENCODER_INPUT_CHANNELS, type SpectralAutoencoderConfig } from './config.ts'
import { createLossWeights, reconstructionLoss, type LossParts, type LossWeights } from './loss.ts'
import { createEncoderFrameWeights, decode, encode } from './network.ts'

/** Crops to learn from, item by item, frames at 10 ms, row-major. */
export interface TrainingBatch {
  readonly frameCount: number
  /** [B × T × 57], augmented. */
  readonly encoderInput: Float32Array
  /** [B × T × 3], with its offsets. */
  readonly auxiliary: Float32Array
  /** [B × T × 64], clean. */
  readonly target: Float32Array
  /** Row of the singers' table, per item. */
  readonly singerIndices: readonly number[]
  /** Per item: the file was recorded under 24 kHz, so that its high bands are empty. */
  readonly isNarrow: readonly boolean[]
}

export interface Losses extends Readonly<Record<keyof LossParts, number>> {
  readonly total: number
}

export interface Network {
  readonly config: SpectralAutoencoderConfig
  readonly layout: ParameterLayout
  readonly singerCount: number
}

const ADAMW: AdamWOptions = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, decay: 1e-4 }
const GRADIENT_NORM_LIMIT = 1
/** Max-norm of the singers' rows, as after each lookup. */
const SINGER_NORM_LIMIT = 1

/**
 * One update of the state, in place.
 * @param stepNumber 1 for the first
 * @param isTrained by parameter name; all others stay as they are, bit for bit
 * @returns the losses before the update
 */
export async function trainingStep(
  network: Network,
  state: AdamWState,
  batch: TrainingBatch,
  rate: number,
  stepNumber: number,
  isTrained: (name: string) => boolean = () => true,
): Promise<Losses> {
  const { losses, gradient } = await lossAndGradient(network, state.weights, batch, isTrained)
  clipNorm(gradient, GRADIENT_NORM_LIMIT)
  for (const { name, offset, length } of network.layout.entries) {
    if (!isTrained(name)) continue
    const part = (values: Float32Array) => values.subarray(offset, offset + length)
    const entry = {
      weights: part(state.weights),
      firstMoment: part(state.firstMoment),
      secondMoment: part(state.secondMoment),
    }
    adamWStep(entry, part(gradient), rate, stepNumber, ADAMW)
    if (name === 'singers/table') limitRows(entry.weights, network.config.singer, SINGER_NORM_LIMIT)
  }
  return losses
}

/** The losses of a batch, with no gradient. */
export async function measureLoss(network: Network, weights: Float32Array, batch: TrainingBatch): Promise<Losses> {
  const parts = await readTensors(() =>
    listParts(forwardLoss(network, toTensors(network.layout, weights), createInputs(network, batch))),
  )
  return lossesOf(parts)
}

/** The losses and the gradient in the layout's order; zero where nothing is trained. */
export async function lossAndGradient(
  network: Network,
  weights: Float32Array,
  batch: TrainingBatch,
  isTrained: (name: string) => boolean = () => true,
): Promise<{ readonly losses: Losses; readonly gradient: Float32Array }> {
  const names = network.layout.entries.map(({ name }) => name).filter(isTrained)
  const numbers = await readTensors(() => {
    const inputs = createInputs(network, batch)
    const parameters = toTensors(network.layout, weights)
    let parts: LossParts | undefined
    const { grads } = valueAndGrads((...trained: Tensor[]) => {
      const all = new Map([...parameters, ...names.map((name, index) => [name, trained[index]] as const)])
      parts = forwardLoss(network, all, inputs)
      for (const part of Object.values(parts)) keep(part)
      return totalOf(Object.values(parts))
    })(names.map((name) => parameters.get(name) as Tensor)) // the names come from the layout that made the map
    assert(parts !== undefined, 'the loss was not computed')
    return [...listParts(parts), ...grads]
  })
  const losses = lossesOf(numbers)
  return { losses, gradient: gatherGradient(network.layout, names, numbers.slice(PART_NAMES.length)) }
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
    weights: createLossWeights(batch.encoderInput, batch.isNarrow, T),
    frameWeights: createEncoderFrameWeights(batch.encoderInput, B, T),
    singers: tensor2d(singers, [B, network.singerCount]),
  }
}

function forwardLoss(network: Network, parameters: TensorsByName, inputs: Inputs): LossParts {
  const z = encode(inputs.x, inputs.frameWeights, parameters)
  const table = parameters.get('singers/table')
  assert(table !== undefined, 'the table of singers is missing')
  const v = chooseRows(inputs.singers, table as Tensor2D) // the name fixes the rank: [singers, singer]
  const o = decode(z, v, inputs.auxiliary, parameters, network.config)
  return reconstructionLoss(o, inputs.target, inputs.weights)
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
