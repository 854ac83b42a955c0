import { tensor2d, tensor3d, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import type { AdamWOptions, AdamWState } from '../../nn/adamw.ts'
import { softmaxCrossEntropy } from '../../nn/cross-entropy.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { chooseRows } from '../../nn/linear.ts'
import { limitRows } from '../../nn/max-norm.ts'
import { weightedSquare } from '../../nn/mean.ts'
import { namedGradient, updateNamed, type NamedGradient } from '../../nn/named-gradient.ts'
import { parameterOf } from '../../nn/named-layers.ts'
import type { ParameterLayout, TensorsByName } from '../../nn/parameters.ts'
import type { WavenetAutoencoderConfig } from './config.ts'
import { classify, condition, decode, encode, levelInput, regress } from './network.ts'
import { isAdversarys, isIdle } from './parameters.ts'
import { stretchTracks } from './pitch-track.ts'

/** What one step learns from: items of `sampleCount` levels each, one after the other. */
export interface WavenetBatch {
  readonly sampleCount: number
  /** What is to be sung, 0…255. */
  readonly target: Uint8Array
  /** What the encoder hears: the same, or what another singer made of it (back-translation). */
  readonly heard: Uint8Array
  /** Row of the singers' table, per item: always who sings the target. */
  readonly singerIndices: readonly number[]
  /** Pitch per item and frame, 0…1, 0 where unvoiced; null for a network without. */
  readonly pitch: Float32Array | null
}

export interface WavenetNetwork {
  readonly config: WavenetAutoencoderConfig
  /** Of `wavenetAutoencoderShapes`. */
  readonly layout: ParameterLayout
  readonly singerCount: number
}

/** How much the adversaries' terms count against the reconstruction. */
export interface ConfusionWeights {
  readonly singer: number
  readonly pitch: number
}

/** As published. */
export const publishedConfusion: ConfusionWeights = { singer: 0.01, pitch: 0.1 }

/** Reconstruction and singer in nats, pitch as the mean squared error of its voiced frames. */
export interface WavenetLosses {
  readonly reconstruction: number
  readonly singer: number
  readonly pitch: number
}

export interface WavenetRates {
  readonly autoencoder: number
  readonly adversaries: number
}

const ADAM: AdamWOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 }
const SINGER_NORM_LIMIT = 1

/**
 * Phase 1: one update of the adversaries on a fixed latent, then one of encoder, decoder and table against them.
 * In place. The losses are those before both updates.
 */
export async function confusedStep(
  network: WavenetNetwork,
  state: AdamWState,
  batch: WavenetBatch,
  rates: WavenetRates,
  weights: ConfusionWeights,
  stepNumber: number,
): Promise<WavenetLosses> {
  const adversaries = await adversaryGradient(network, state.weights, batch, weights)
  const autoencoder = await autoencoderGradient(network, state.weights, batch, weights)
  updateNamed(network.layout, state, adversaries.gradient, rates.adversaries, stepNumber, ADAM)
  updateAutoencoder(network, state, autoencoder.gradient, rates.autoencoder, stepNumber)
  return autoencoder.losses
}

/** Phase 2: what another made of a clip is heard, the clip itself is sung. No adversary takes part. In place. */
export async function backTranslationStep(
  network: WavenetNetwork,
  state: AdamWState,
  batch: WavenetBatch,
  rate: number,
  stepNumber: number,
): Promise<WavenetLosses> {
  const { losses, gradient } = await autoencoderGradient(network, state.weights, batch, { singer: 0, pitch: 0 })
  updateAutoencoder(network, state, gradient, rate, stepNumber)
  return losses
}

/** Without pitch the classifier's cross-entropy; with it, both terms with their weights. Everything else stays. */
export async function adversaryGradient(
  { config, layout, singerCount }: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
  confusion: ConfusionWeights,
): Promise<{ readonly loss: number; readonly gradient: NamedGradient }> {
  return namedGradient(layout, weights, isAdversarys, (parameters) => {
    const { x, pitch } = toInputs(batch, singerCount)
    const z = encode(x, parameters, config)
    return (trained) => {
      const singer = singerLoss(z, trained, config, batch)
      if (pitch === null) return { loss: singer, more: [] }
      const parts = [scaled(singer, confusion.singer), scaled(pitchLoss(z, trained, pitch), confusion.pitch)]
      return { loss: totalOf(parts), more: [] }
    }
  })
}

/** Reconstruction less the adversaries' terms, which reach the encoder alone. */
export async function autoencoderGradient(
  { config, layout, singerCount }: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
  confusion: ConfusionWeights,
): Promise<{ readonly loss: number; readonly losses: WavenetLosses; readonly gradient: NamedGradient }> {
  const isOwn = (name: string) => !isAdversarys(name) && !isIdle(name, config)
  const { loss, gradient, more } = await namedGradient(layout, weights, isOwn, () => {
    const { x, before, singers, pitch } = toInputs(batch, singerCount)
    return (trained) => {
      const z = encode(x, trained, config)
      const v = chooseRows(singers, parameterOf(trained, 'singers/table'))
      const c = condition(z, v, pitch?.perSample ?? null, config.hop)
      const reconstruction = softmaxCrossEntropy(decode(before, c, trained, config), Int32Array.from(batch.target))
      const singer = singerLoss(z, trained, config, batch)
      const pitched = pitch === null ? [] : [pitchLoss(z, trained, pitch)]
      const against = [
        ...(confusion.singer === 0 ? [] : [scaled(singer, -confusion.singer)]),
        ...(confusion.pitch === 0 ? [] : pitched.map((term) => scaled(term, -confusion.pitch))),
      ]
      return { loss: totalOf([reconstruction, ...against]), more: [reconstruction, singer, ...pitched] }
    }
  })
  const [[reconstruction], [singer], [pitch] = [0]] = more
  return { loss, gradient, losses: { reconstruction, singer, pitch } }
}

interface Pitch {
  /** [B, frames, 1] */
  readonly perFrame: Tensor3D
  /** [B, frames, 1]: the voiced frames' share of all voiced frames of the batch; 0 elsewhere. */
  readonly weights: Tensor3D
  /** [B, T, 1] */
  readonly perSample: Tensor3D
}

function toInputs(batch: WavenetBatch, singerCount: number) {
  const B = batch.singerIndices.length
  const T = batch.sampleCount
  const inputs = (levels: Uint8Array) => tensor3d(Float32Array.from(levels, levelInput), [B, T, 1])
  const singers = new Float32Array(B * singerCount)
  batch.singerIndices.forEach((singer, item) => (singers[item * singerCount + singer] = 1))
  return {
    x: inputs(batch.heard),
    before: inputs(batch.target),
    singers: tensor2d(singers, [B, singerCount]),
    pitch: batch.pitch && toPitch(batch.pitch, B, T),
  }
}

function toPitch(track: Float32Array, B: number, T: number): Pitch {
  const frames = track.length / B
  const voiced = Math.max(
    track.reduce((count, value) => count + (value > 0 ? 1 : 0), 0),
    1,
  )
  const perFrame = tensor3d(track, [B, frames, 1])
  return {
    perFrame,
    weights: tensor3d(
      track.map((value) => (value > 0 ? 1 / voiced : 0)),
      [B, frames, 1],
    ),
    perSample: tensor3d(stretchTracks(track, B, T), [B, T, 1]),
  }
}

const singerLoss = (
  z: Tensor3D,
  parameters: TensorsByName,
  config: WavenetAutoencoderConfig,
  { singerIndices }: WavenetBatch,
): Scalar => softmaxCrossEntropy(classify(z, parameters, config), Int32Array.from(singerIndices))

const pitchLoss = (z: Tensor3D, parameters: TensorsByName, { perFrame, weights }: Pitch): Scalar =>
  weightedSquare(regress(z, parameters, perFrame.shape[1]), perFrame, weights)

function updateAutoencoder(
  { layout, config }: WavenetNetwork,
  state: AdamWState,
  gradient: NamedGradient,
  rate: number,
  stepNumber: number,
): void {
  updateNamed(layout, state, gradient, rate, stepNumber, ADAM)
  const table = layout.entries.find(({ name }) => name === 'singers/table')
  assert(table !== undefined, 'the table of singers is missing')
  limitRows(state.weights.subarray(table.offset, table.offset + table.length), config.singer, SINGER_NORM_LIMIT)
}
