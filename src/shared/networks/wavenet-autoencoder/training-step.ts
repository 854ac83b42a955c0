import { assert } from '../../base/assert.ts'
import type { AdamWOptions, AdamWState } from '../../nn/adamw.ts'
import { trainingDiverged } from '../../nn/diverged.ts'
import { limitRows } from '../../nn/max-norm.ts'
import { updateNamed, type NamedGradient } from '../../nn/named-gradient.ts'
import { measureWholePeakBytes } from '../../nn/peak-memory.ts'
import { wholeBatch, type BatchUse } from '../batch-use.ts'
import { partsOf, wholeShare, type PartShare, type WavenetBatch } from './batch.ts'
import {
  adversaryGradient,
  autoencoderGradient,
  measureLosses,
  noConfusion,
  type ConfusionWeights,
  type PartUse,
  type WavenetLosses,
  type WavenetNetwork,
} from './gradients.ts'

/** One number for each of the two that learn in turns. */
export interface OfBoth {
  readonly autoencoder: number
  readonly adversaries: number
}

export interface UpdateOptions {
  readonly rates: OfBoth
  /** Which update of each this is, 1 for the first. */
  readonly numbers: OfBoth
  /** The most of each number of a gradient; null for no limit. */
  readonly clipValue: number | null
  readonly use?: BatchUse
  /** What the adversaries learn from; missing, what the encoder hears. */
  readonly adversariesHear?: 'heard' | 'target'
}

const ADAM: AdamWOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 }
const SINGER_NORM_LIMIT = 1

/**
 * Phase 1: one update of the adversaries on a fixed latent, then one of encoder, decoder and table against them as they
 * are now. In place. The losses are those between the two. Throws `training-diverged`, and then nothing that is not a
 * number was learned.
 * @param batches of any lengths, which are learned from at once
 */
export async function confusedStep(
  network: WavenetNetwork,
  state: AdamWState,
  batches: readonly WavenetBatch[],
  confusion: ConfusionWeights,
  options: UpdateOptions,
): Promise<WavenetLosses> {
  const clean = batches.map((batch) => ({ ...batch, heard: batch.target }))
  const told = options.adversariesHear === 'target' ? clean : batches
  const adversaries = await sumOverParts(told, options.use, async (part, use) => {
    const { gradient } = await adversaryGradient(network, state.weights, part, confusion, use)
    return { gradient, losses: null }
  })
  update(network, state, adversaries.gradient, 'adversaries', options)
  const autoencoder = await sumOverParts(batches, options.use, (part, use) =>
    autoencoderGradient(network, state.weights, part, confusion, use),
  )
  updateAutoencoder(network, state, autoencoder.gradient, options)
  return autoencoder.losses
}

/**
 * Reconstruction alone: phase 2, where what another made of a clip is heard and the clip itself is sung, and whatever
 * is learned without adversaries. In place. Throws `training-diverged`.
 * @param isTrained which of the parameters that are no adversary's; missing, all of them
 */
export async function reconstructionStep(
  network: WavenetNetwork,
  state: AdamWState,
  batches: readonly WavenetBatch[],
  options: UpdateOptions,
  isTrained?: (name: string) => boolean,
): Promise<WavenetLosses> {
  const { losses, gradient } = await sumOverParts(batches, options.use, (part, use) =>
    autoencoderGradient(network, state.weights, part, noConfusion, use, isTrained),
  )
  updateAutoencoder(network, state, gradient, options)
  return losses
}

/** The losses of batches that are not learned from. */
export async function judgeBatches(
  network: WavenetNetwork,
  weights: Float32Array,
  batches: readonly WavenetBatch[],
  use?: BatchUse,
): Promise<WavenetLosses> {
  const { losses } = await sumOverParts(batches, use, async (part) => {
    return { losses: await measureLosses(network, weights, part), gradient: new Map() }
  })
  return losses
}

/** Bytes of tensors at the peak of a step on a batch's first item: what a plan for the memory starts from. */
export function measureItemPeak(
  network: WavenetNetwork,
  weights: Float32Array,
  batch: WavenetBatch,
  confusion: ConfusionWeights,
  recomputes: boolean,
): Promise<number> {
  const [{ part }] = partsOf([batch], 1)
  const use: PartUse = { share: wholeShare, remembering: recomputes ? 'inputs' : 'everything' }
  return measureWholePeakBytes(() => autoencoderGradient(network, weights, part, confusion, use))
}

/** Adds up what the parts give, each times its share of all. */
async function sumOverParts<Losses extends WavenetLosses | null>(
  batches: readonly WavenetBatch[],
  { itemsAtOnce, recomputes }: BatchUse = wholeBatch,
  compute: (part: WavenetBatch, use: PartUse) => Promise<{ readonly losses: Losses; readonly gradient: NamedGradient }>,
): Promise<{ readonly losses: Losses; readonly gradient: NamedGradient }> {
  const remembering = recomputes ? 'inputs' : 'everything'
  const gradient = new Map<string, Float32Array>()
  let losses: Losses | undefined
  for (const { part, share } of partsOf(batches, itemsAtOnce)) {
    const found = await compute(part, { share, remembering })
    for (const [name, slope] of found.gradient) {
      const sum = gradient.get(name)
      if (sum === undefined) gradient.set(name, slope)
      else for (let i = 0; i < sum.length; i++) sum[i] += slope[i]
    }
    losses = addLosses(losses, found.losses, share)
  }
  assert(losses !== undefined, 'a step needs at least one item')
  return { losses, gradient }
}

function addLosses<Losses extends WavenetLosses | null>(
  sum: Losses | undefined,
  more: Losses,
  share: PartShare,
): Losses {
  if (more === null) return more
  const before = sum ?? { reconstruction: 0, singer: 0, pitch: 0, accuracy: 0 }
  return {
    ...more,
    reconstruction: before.reconstruction + share.samples * more.reconstruction,
    singer: before.singer + share.items * more.singer,
    pitch: before.pitch + share.voiced * more.pitch,
    accuracy: before.accuracy + share.items * more.accuracy,
  }
}

function updateAutoencoder(
  network: WavenetNetwork,
  state: AdamWState,
  gradient: NamedGradient,
  options: UpdateOptions,
): void {
  update(network, state, gradient, 'autoencoder', options)
  const { singer } = network.config
  const table = network.layout.entries.find(({ name }) => name === 'singers/table')
  if (singer === undefined || table === undefined) return
  const rows = state.weights.subarray(table.offset, table.offset + table.length)
  limitRows(rows, singer, SINGER_NORM_LIMIT)
}

function update(
  { layout }: WavenetNetwork,
  state: AdamWState,
  gradient: NamedGradient,
  who: keyof OfBoth,
  { rates, numbers, clipValue }: UpdateOptions,
): void {
  for (const [name, slope] of gradient) {
    if (!slope.every(Number.isFinite)) throw trainingDiverged(`In update ${numbers[who]} the gradient of ${name}`)
    if (clipValue !== null)
      for (let i = 0; i < slope.length; i++) slope[i] = Math.min(Math.max(slope[i], -clipValue), clipValue)
  }
  updateNamed(layout, state, gradient, rates[who], numbers[who], ADAM)
}
