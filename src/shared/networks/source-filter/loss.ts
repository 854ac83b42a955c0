import { tensor3d, tidy, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { scaled, totalOf } from '../../nn/join.ts'
import { lowestQuarter, QUARTER_STRIDE } from '../../nn/lowest-quarter.ts'
import { createEnergyBases, spectralEnergyDistance } from '../../nn/spectral-energy.ts'
import type { StftBasis } from '../../nn/stft-loss.ts'
import {
  conditionFrames,
  FEATURES,
  FRAME_SAMPLES,
  GROUPS_PER_FRAME,
  LOSS_WINDOWS,
  LOW_LOSS_WINDOWS,
  PHASE_CHANNELS,
  SOURCE_CHANNELS,
  type SourceFilterConfig,
} from './config.ts'
import { itemsOf, twice, type VocoderBatch } from '../vocoder-batch.ts'
import type { BatchLoss } from '../vocoder-step.ts'
import { excite, type SourceFilterInput } from './network.ts'
import { sourceRows } from './source-rows.ts'

/** What windows in the lowest quarter of the band count beside those of the whole. */
const LOW_GAIN = 0.5

/** The energy distance of two draws from what was recorded. */
export const sourceFilterLoss: BatchLoss<SourceFilterConfig> = (batch, config) => {
  const { input, target } = given(batch)
  return (parameters) => heardDistance(excite(input, parameters, config), target)
}

/**
 * The energy distance over windows of the whole band, and over longer ones of its lowest quarter, which tell one harmonic
 * of a low voice from the next and what is between them, as far as they fit.
 * @param y [2B, samples, 1], the first draws of all items, then the second ones
 * @param x [B, samples, 1], no gradient
 */
export function heardDistance(y: Tensor3D, x: Tensor3D): Scalar {
  const { whole, low } = (bases ??= {
    whole: createEnergyBases(LOSS_WINDOWS),
    low: createEnergyBases(LOW_LOSS_WINDOWS),
  })
  const ofLow = spectralEnergyDistance(
    lowestQuarter(y),
    tidy(() => lowestQuarter(x)),
    low.filter(({ size }) => QUARTER_STRIDE * size <= x.shape[1]),
  )
  return totalOf([spectralEnergyDistance(y, x, whole), scaled(ofLow, LOW_GAIN)])
}

/** Made once: a million cosines. */
let bases: Readonly<Record<'whole' | 'low', readonly StftBasis[]>> | null = null

/** Both draws of an item hear the same pulses and features. */
function given(batch: VocoderBatch): { readonly input: SourceFilterInput; readonly target: Tensor3D } {
  const { frameCount, target, pulses, phase, features, noise } = batch
  const B = itemsOf(batch)
  const groups = frameCount * GROUPS_PER_FRAME
  const source = new Float32Array(2 * B * groups * SOURCE_CHANNELS)
  noise.forEach((drawn, draw) => sourceRows(pulses, drawn, source.subarray(draw * B * groups * SOURCE_CHANNELS)))
  return {
    input: {
      source: tensor3d(source, [2 * B, groups, SOURCE_CHANNELS]),
      phase: tensor3d(twice(phase), [2 * B, groups, PHASE_CHANNELS]),
      features: tensor3d(twice(features), [2 * B, conditionFrames(frameCount), FEATURES]),
    },
    target: tensor3d(target, [B, frameCount * FRAME_SAMPLES, 1]),
  }
}
