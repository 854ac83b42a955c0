import type { Scalar, Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { softmaxCrossEntropy } from '../../nn/cross-entropy.ts'
import { joinChannels, scaled, totalOf } from '../../nn/join.ts'
import { chooseRows } from '../../nn/linear.ts'
import { weightedSquare } from '../../nn/mean.ts'
import { namedGradient, type NamedGradient } from '../../nn/named-gradient.ts'
import { parameterOf } from '../../nn/named-layers.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../../nn/parameters.ts'
import type { Remembering } from '../../nn/remembered-block.ts'
import { readTensors } from '../../nn/scope.ts'
import { timesConstant } from '../../nn/times-constant.ts'
import { toInputs, wholeShare, type PartShare, type WavenetBatch, type WavenetInputs } from './batch.ts'
import type { WavenetBlocks } from './config.ts'
import { classify, condition, decode, encode, regress } from './network.ts'
import { isAdversarys, isIdle } from './parameters.ts'

export interface WavenetNetwork<Config extends WavenetBlocks = WavenetBlocks> {
  readonly config: Config
  /** Of `wavenetAutoencoderShapes`, or of `musicTranslationShapes`. */
  readonly layout: ParameterLayout
  readonly singerCount: number
  /**
   * What the names of each singer's own decoder begin with; all items of a batch are then one's. Missing, one decoder
   * sings for everybody and is told a row of the table.
   */
  readonly decoders?: readonly string[]
}

/** How much the adversaries' terms count against the reconstruction. */
export interface ConfusionWeights {
  readonly singer: number
  readonly pitch: number
}

/** As published. */
export const publishedConfusion: ConfusionWeights = { singer: 0.01, pitch: 0.1 }

/** No adversary takes part. */
export const noConfusion: ConfusionWeights = { singer: 0, pitch: 0 }

/** Reconstruction and singer in nats, pitch as the mean squared error of its voiced frames. */
export interface WavenetLosses {
  readonly reconstruction: number
  readonly singer: number
  readonly pitch: number
  /** Share of the items whose singer the classifier tells: 1 / singers is chance. */
  readonly accuracy: number
}

/** Which part of all that is learned from at once this is, and what is kept for the way back. */
export interface PartUse {
  readonly share: PartShare
  readonly remembering: Remembering
}

const WHOLE: PartUse = { share: wholeShare, remembering: 'everything' }

/**
 * With one decoder and without pitch the classifier's cross-entropy, else every term with its weight: as published, each.
 * Everything else stays.
 */
export async function adversaryGradient(
  { config, layout, singerCount, decoders }: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
  confusion: ConfusionWeights,
  { share, remembering }: PartUse = WHOLE,
): Promise<{ readonly loss: number; readonly gradient: NamedGradient }> {
  return namedGradient(layout, weights, isAdversarys, (parameters) => {
    const inputs = toInputs(batch, config, singerCount)
    const z = encode(inputs.x, parameters, config, remembering)
    return (trained) => {
      const singer = singerLoss(classified(z, trained, config, inputs), batch)
      const pitch = pitchLoss(z, trained, inputs)
      const isWeighted = pitch !== null || decoders !== undefined
      const ofSinger = scaled(singer, (isWeighted ? confusion.singer : 1) * share.items)
      const ofPitch = pitch === null ? [] : [scaled(pitch, confusion.pitch * share.voiced)]
      return { loss: totalOf([ofSinger, ...ofPitch]), more: [] }
    }
  })
}

/**
 * Reconstruction less the adversaries' terms, which reach the encoder alone.
 * @param isTrained which of the parameters that are no adversary's; missing, all of them
 */
export async function autoencoderGradient(
  network: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
  confusion: ConfusionWeights,
  { share, remembering }: PartUse = WHOLE,
  isTrained: (name: string) => boolean = () => true,
): Promise<{ readonly loss: number; readonly losses: WavenetLosses; readonly gradient: NamedGradient }> {
  const { config, layout, singerCount, decoders = [] } = network
  const [singer] = batch.singerIndices
  const isOthers = (name: string) =>
    decoders.some((decoder, index) => index !== singer && name.startsWith(`${decoder}/`))
  const isOwn = (name: string) => !isAdversarys(name) && !isIdle(name, config) && !isOthers(name) && isTrained(name)
  const { loss, gradient, more } = await namedGradient(layout, weights, isOwn, () => {
    const inputs = toInputs(batch, config, singerCount)
    return (trained) => {
      const { logits, z, reconstruction } = reconstructed(trained, network, batch, inputs, remembering)
      const singer = singerLoss(logits, batch)
      const pitch = pitchLoss(z, trained, inputs)
      const against = [
        ...(confusion.singer === 0 ? [] : [scaled(singer, -confusion.singer * share.items)]),
        ...(confusion.pitch === 0 || pitch === null ? [] : [scaled(pitch, -confusion.pitch * share.voiced)]),
      ]
      const more = [reconstruction, singer, logits, ...(pitch === null ? [] : [pitch])]
      return { loss: totalOf([scaled(reconstruction, share.samples), ...against]), more }
    }
  })
  return { loss, gradient, losses: lossesOf(more, batch, singerCount) }
}

/** The losses alone: nothing is kept for a way back. */
export async function measureLosses(
  network: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
): Promise<WavenetLosses> {
  const { config, layout, singerCount } = network
  const numbers = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const inputs = toInputs(batch, config, singerCount)
    const { logits, z, reconstruction } = reconstructed(parameters, network, batch, inputs, 'inputs')
    const pitch = pitchLoss(z, parameters, inputs)
    return [reconstruction, singerLoss(logits, batch), logits, ...(pitch === null ? [] : [pitch])]
  })
  return lossesOf(numbers, batch, singerCount)
}

function reconstructed(
  parameters: TensorsByName,
  { config, decoders }: WavenetNetwork,
  batch: WavenetBatch,
  inputs: WavenetInputs,
  remembering: Remembering,
): { readonly z: Tensor3D; readonly logits: Tensor3D; readonly reconstruction: Scalar } {
  const z = encode(inputs.x, parameters, config, remembering)
  const v = decoders === undefined ? chooseRows(inputs.singers, parameterOf(parameters, 'singers/table')) : null
  const notes = inputs.pitch?.notes ?? null
  const held = notes === null ? z : joinChannels([z, notes])
  const c = condition(held, v, inputs.pitch?.perSample ?? null)
  const levels = decode(inputs.before, c, parameters, config, remembering, decoderOf(decoders, batch))
  return {
    z,
    logits: classified(z, parameters, config, inputs),
    reconstruction: softmaxCrossEntropy(levels, Int32Array.from(batch.target)),
  }
}

function decoderOf(decoders: WavenetNetwork['decoders'], { singerIndices: [first, ...others] }: WavenetBatch): string {
  if (decoders === undefined) return 'decoder'
  assert(
    others.every((other) => other === first),
    'a decoder of somebody’s own sings nobody else’s clips',
  )
  return decoders[first]
}

/** [B, 1, singers] */
const classified = (
  z: Tensor3D,
  parameters: TensorsByName,
  config: WavenetBlocks,
  { masks }: WavenetInputs,
): Tensor3D => classify(masks === null ? z : timesConstant(z, masks.classifier), parameters, config)

const singerLoss = (logits: Tensor3D, { singerIndices }: WavenetBatch): Scalar =>
  softmaxCrossEntropy(logits, Int32Array.from(singerIndices))

function pitchLoss(z: Tensor3D, parameters: TensorsByName, { pitch, masks }: WavenetInputs): Scalar | null {
  if (pitch === null) return null
  const heard = masks === null ? z : timesConstant(z, masks.regressor)
  return weightedSquare(regress(heard, parameters, pitch.perFrame.shape[1]), pitch.perFrame, pitch.weights)
}

function lossesOf(numbers: readonly Float32Array[], batch: WavenetBatch, singerCount: number): WavenetLosses {
  const [[reconstruction], [singer], logits, [pitch] = [0]] = numbers
  const told = batch.singerIndices.filter((singer, item) => {
    const own = logits.subarray(item * singerCount, (item + 1) * singerCount)
    return own.indexOf(Math.max(...own)) === singer
  })
  return { reconstruction, singer, pitch, accuracy: told.length / batch.singerIndices.length }
}
