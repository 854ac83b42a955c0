import { tensor3d, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { weightedChangeDistance, weightedDistance } from '../../nn/weighted-distance.ts'
import { BAND_COUNT, ENCODER_INPUT_CHANNELS, LOW_BAND_COUNT } from './config.ts'

/** Frames whose energy channel is above this count fully in the loss, the others a tenth. */
const LOUD_ENERGY = -1.6
const QUIET_WEIGHT = 0.1
/** Changes over 10 and 40 ms are compared as well: they carry the consonants and the transitions. */
const DELTA_FRAMES = { 'delta/1': 1, 'delta/4': 4 } as const
const DELTA_WEIGHT = 0.5

/** The parts by path; the total is their sum. */
export interface LossParts {
  readonly 'shape/l1': Scalar
  readonly 'delta/1': Scalar
  readonly 'delta/4': Scalar
}

/** How much each value counts in each part: [B, T, 64], and [B, T − d, 64] for the changes. */
export type LossWeights = Readonly<Record<keyof LossParts, Tensor3D>>

/** What a batch's values count together, by part, before they are scaled to a mean. */
export type WeightSums = Readonly<Record<keyof LossParts, number>>

/** What a loss's weights follow from. */
export interface WeightedFrames {
  readonly frameCount: number
  /** [B × T × 57], the energy in the last channel. */
  readonly encoderInput: Float32Array
  /** Per item: the file holds nothing over the low bands. */
  readonly isNarrow: readonly boolean[]
}

/** To be divided by, so that the losses are means over all the items that are given. */
export function measureWeightSums({ frameCount: T, encoderInput, isNarrow }: WeightedFrames): WeightSums {
  const sumFrom = (firstFrame: number): number => {
    let sum = 0
    for (let item = 0; item < isNarrow.length; item++) {
      let frames = 0
      for (let row = item * T + firstFrame; row < (item + 1) * T; row++) frames += frameWeight(encoderInput, row)
      sum += frames * countedBands(isNarrow[item])
    }
    return sum
  }
  return {
    'shape/l1': sumFrom(0),
    'delta/1': sumFrom(DELTA_FRAMES['delta/1']),
    'delta/4': sumFrom(DELTA_FRAMES['delta/4']),
  }
}

/** @param sums of the batch that the frames are the whole or a part of */
export function createLossWeights(frames: WeightedFrames, sums: WeightSums): LossWeights {
  return {
    'shape/l1': scaledWeights(frames, 0, 1 / sums['shape/l1']),
    'delta/1': scaledWeights(frames, DELTA_FRAMES['delta/1'], DELTA_WEIGHT / sums['delta/1']),
    'delta/4': scaledWeights(frames, DELTA_FRAMES['delta/4'], DELTA_WEIGHT / sums['delta/4']),
  }
}

const frameWeight = (encoderInput: Float32Array, row: number): number =>
  encoderInput[(row + 1) * ENCODER_INPUT_CHANNELS - 1] > LOUD_ENERGY ? 1 : QUIET_WEIGHT

const countedBands = (isNarrow: boolean): number => (isNarrow ? LOW_BAND_COUNT : BAND_COUNT)

/**
 * Weighted mean of |o − y|, and half the weighted mean of |(o[t] − o[t−d]) − (y[t] − y[t−d])| for d of 1 and 4.
 * @param o [B, T, 64] decoded
 * @param y [B, T, 64] the clean normalized shape
 */
export function reconstructionLoss(o: Tensor3D, y: Tensor3D, weights: LossWeights): LossParts {
  return {
    'shape/l1': weightedDistance(o, y, weights['shape/l1']),
    'delta/1': weightedChangeDistance(o, y, weights['delta/1'], DELTA_FRAMES['delta/1']),
    'delta/4': weightedChangeDistance(o, y, weights['delta/4'], DELTA_FRAMES['delta/4']),
  }
}

/** The weights without each item's first frames. */
function scaledWeights(frames: WeightedFrames, firstFrame: number, scale: number): Tensor3D {
  const { frameCount: T, encoderInput, isNarrow } = frames
  const kept = T - firstFrame
  const weights = new Float32Array(isNarrow.length * kept * BAND_COUNT)
  for (let item = 0; item < isNarrow.length; item++) {
    const bands = countedBands(isNarrow[item])
    for (let t = 0; t < kept; t++) {
      const weight = scale * frameWeight(encoderInput, item * T + firstFrame + t)
      const start = (item * kept + t) * BAND_COUNT
      weights.fill(weight, start, start + bands)
    }
  }
  return tensor3d(weights, [isNarrow.length, kept, BAND_COUNT])
}
