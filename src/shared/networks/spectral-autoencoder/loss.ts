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

/**
 * @param encoderInput [B × T × 57], the energy in the last channel
 * @param isNarrow per item: the file holds nothing over the low bands
 */
export function createLossWeights(encoderInput: Float32Array, isNarrow: readonly boolean[], T: number): LossWeights {
  const weights = new Float32Array(isNarrow.length * T * BAND_COUNT)
  for (let row = 0; row < isNarrow.length * T; row++) {
    const energy = encoderInput[(row + 1) * ENCODER_INPUT_CHANNELS - 1]
    const bands = isNarrow[Math.floor(row / T)] ? LOW_BAND_COUNT : BAND_COUNT
    weights.fill(energy > LOUD_ENERGY ? 1 : QUIET_WEIGHT, row * BAND_COUNT, row * BAND_COUNT + bands)
  }
  const part = (frames: number, total: number) => scaledWeights(weights, isNarrow.length, T, frames, total)
  return {
    'shape/l1': part(0, 1),
    'delta/1': part(DELTA_FRAMES['delta/1'], DELTA_WEIGHT),
    'delta/4': part(DELTA_FRAMES['delta/4'], DELTA_WEIGHT),
  }
}

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

/** The weights without each item's first frames, scaled so that they sum to `total`. */
function scaledWeights(weights: Float32Array, B: number, T: number, firstFrame: number, total: number): Tensor3D {
  const kept = (T - firstFrame) * BAND_COUNT
  const scaled = new Float32Array(B * kept)
  for (let item = 0; item < B; item++) {
    scaled.set(
      weights.subarray(item * T * BAND_COUNT + firstFrame * BAND_COUNT, (item + 1) * T * BAND_COUNT),
      item * kept,
    )
  }
  let sum = 0
  for (let i = 0; i < scaled.length; i++) sum += scaled[i]
  for (let i = 0; i < scaled.length; i++) scaled[i] *= total / sum
  return tensor3d(scaled, [B, T - firstFrame, BAND_COUNT])
}
