import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
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
import { itemsOf, twice, type VocoderBatch } from '../vocoder-batch.ts'
import type { BatchLoss } from '../vocoder-step.ts'
import { excite, type SourceFilterInput } from './network.ts'
import { sourceRows } from './source-rows.ts'

/** The energy distance of two draws from what was recorded. */
export const sourceFilterLoss: BatchLoss<SourceFilterConfig> = (batch, config) => {
  const { input, target } = given(batch)
  return (parameters) => spectralEnergyDistance(excite(input, parameters, config), target, energyWindows())
}

let bases: readonly StftBasis[] | null = null
/** Made once: a million cosines. */
export const energyWindows = (): readonly StftBasis[] => (bases ??= createEnergyBases(LOSS_WINDOWS))

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
