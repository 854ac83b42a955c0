import { tensor2d, tensor3d, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import type { WavenetBlocks } from './config.ts'
import { levelInput } from './network.ts'
import { gatherLags, lagsOf } from './pitch-lags.ts'
import { notesOf, PITCH_FRAMES_PER_LATENT, stretchTracks } from './pitch-track.ts'

/** What one step learns from: items of `sampleCount` levels each, one after the other. */
export interface WavenetBatch {
  readonly sampleCount: number
  /** What is to be sung, 0…255. */
  readonly target: Uint8Array
  /** What the encoder hears: the same, or what another singer made of it (back-translation). */
  readonly heard: Uint8Array
  /** What the decoder is led by, each sample's past, where that is not the target itself. */
  readonly past?: Uint8Array
  /** Row of the singers' table, per item: always who sings the target. */
  readonly singerIndices: readonly number[]
  /** Pitch per item and frame, 0…1, 0 where unvoiced; null for a network without. */
  readonly pitch: Float32Array | null
  /** Missing, the adversaries hear the whole latent. */
  readonly masks?: LatentMasks
}

/**
 * Dropout: what each adversary is kept from hearing, [items × frames × latent] factors, 0 or the inverse of the share
 * that is left.
 */
export interface LatentMasks {
  readonly classifier: Float32Array
  readonly regressor: Float32Array
}

/** What a part counts in the means over the items, samples and voiced frames of all that is learned from at once. */
export interface PartShare {
  readonly items: number
  readonly samples: number
  readonly voiced: number
}

export const wholeShare: PartShare = { items: 1, samples: 1, voiced: 1 }

/**
 * Cuts batches of any lengths into parts of at most so many items, each with its share: losses and gradients times
 * these add up to those of all, up to rounding.
 */
export function partsOf(
  batches: readonly WavenetBatch[],
  itemsAtOnce: number,
): readonly { readonly part: WavenetBatch; readonly share: PartShare }[] {
  const parts = batches.flatMap((batch) => {
    const items = batch.singerIndices.length
    if (itemsAtOnce >= items) return [batch]
    return Array.from({ length: Math.ceil(items / itemsAtOnce) }, (_, index) =>
      partOf(batch, index * itemsAtOnce, Math.min((index + 1) * itemsAtOnce, items)),
    )
  })
  const counts = parts.map(({ singerIndices, target, pitch }) => {
    return { items: singerIndices.length, samples: target.length, voiced: voicedCount(pitch) }
  })
  const totalOf = (kind: keyof PartShare) =>
    Math.max(
      counts.reduce((sum, count) => sum + count[kind], 0),
      1,
    )
  const totals = { items: totalOf('items'), samples: totalOf('samples'), voiced: totalOf('voiced') }
  return parts.map((part, index) => {
    const { items, samples, voiced } = counts[index]
    return {
      part,
      share: { items: items / totals.items, samples: samples / totals.samples, voiced: voiced / totals.voiced },
    }
  })
}

/** The arrays are views of the batch's own. */
function partOf(batch: WavenetBatch, start: number, end: number): WavenetBatch {
  const items = batch.singerIndices.length
  const own = <Values extends Float32Array | Uint8Array>(values: Values): Values => {
    const width = values.length / items
    return values.subarray(start * width, end * width) as Values // a view of the same kind
  }
  const { target, heard, past, singerIndices, pitch, masks } = batch
  return {
    ...batch,
    target: own(target),
    heard: own(heard),
    ...(past && { past: own(past) }),
    singerIndices: singerIndices.slice(start, end),
    pitch: pitch && own(pitch),
    ...(masks && { masks: { classifier: own(masks.classifier), regressor: own(masks.regressor) } }),
  }
}

const voicedCount = (pitch: Float32Array | null): number =>
  pitch?.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) ?? 0

/** A batch as tensors. */
export interface WavenetInputs {
  /** [B, T, 1]: what is heard. */
  readonly x: Tensor3D
  /** [B, T, 1 + lag taps]: what the decoder is led by. */
  readonly before: Tensor3D
  /** [B, singers], one 1 per row. */
  readonly singers: Tensor2D
  readonly pitch: PitchInputs | null
  /** [B, T / hop, latent] */
  readonly masks: { readonly classifier: Tensor3D; readonly regressor: Tensor3D } | null
}

export interface PitchInputs {
  /** [B, frames, 1] */
  readonly perFrame: Tensor3D
  /** [B, frames, 1]: the voiced frames' share of all voiced frames of the batch; 0 elsewhere. */
  readonly weights: Tensor3D
  /** [B, T, 1] */
  readonly perSample: Tensor3D
  /** [B, T / hop, notes], for networks that are told notes. */
  readonly notes: Tensor3D | null
}

export function toInputs(
  batch: WavenetBatch,
  { hop, latent, notes = 0, lagTaps = 0 }: WavenetBlocks,
  singerCount: number,
): WavenetInputs {
  const B = batch.singerIndices.length
  const T = batch.sampleCount
  const inputs = (levels: Uint8Array) => tensor3d(Float32Array.from(levels, levelInput), [B, T, 1])
  const singers = new Float32Array(B * singerCount)
  batch.singerIndices.forEach((singer, item) => (singers[item * singerCount + singer] = 1))
  const mask = (factors: Float32Array) => tensor3d(factors, [B, T / hop, latent])
  return {
    x: inputs(batch.heard),
    before: tensor3d(besideLags(batch, lagTaps), [B, T, 1 + lagTaps]),
    singers: tensor2d(singers, [B, singerCount]),
    pitch: batch.pitch && toPitch(batch.pitch, B, T, notes),
    masks: batch.masks ? { classifier: mask(batch.masks.classifier), regressor: mask(batch.masks.regressor) } : null,
  }
}

/** Each sample of the past, and beside it what the taps hear around a period before it is sung. */
function besideLags({ past, target, pitch, singerIndices, sampleCount }: WavenetBatch, lagTaps: number): Float32Array {
  const led = past ?? target
  if (lagTaps === 0) return Float32Array.from(led, levelInput)
  const items = singerIndices.length
  const lags = lagsOf(pitch ?? new Float32Array(items), items, sampleCount)
  const heard = gatherLags(led, lags, items, lagTaps)
  const joined = new Float32Array(led.length * (1 + lagTaps))
  led.forEach((level, index) => {
    joined[index * (1 + lagTaps)] = levelInput(level)
    joined.set(heard.subarray(index * lagTaps, (index + 1) * lagTaps), index * (1 + lagTaps) + 1)
  })
  return joined
}

function toPitch(track: Float32Array, B: number, T: number, notes: number): PitchInputs {
  const frames = track.length / B
  const voiced = Math.max(voicedCount(track), 1)
  const shape: [number, number, number] = [B, frames, 1]
  return {
    perFrame: tensor3d(track, shape),
    weights: tensor3d(
      track.map((value) => (value > 0 ? 1 / voiced : 0)),
      shape,
    ),
    perSample: tensor3d(stretchTracks(track, B, T), [B, T, 1]),
    notes: notes === 0 ? null : tensor3d(notesOf(track, notes), [B, frames / PITCH_FRAMES_PER_LATENT, notes]),
  }
}
