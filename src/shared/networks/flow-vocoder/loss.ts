import { tensor3d } from '@tensorflow/tfjs-core'
import { conditionFrames, FEATURES, FRAME_SAMPLES, GROUPS_PER_FRAME, PHASE_CHANNELS } from '../source-filter/config.ts'
import { itemsOf } from '../vocoder-batch.ts'
import type { BatchLoss } from '../vocoder-step.ts'
import { flowLoss } from '../waveglow/loss.ts'
import type { FlowVocoderConfig } from './config.ts'
import { forward } from './network.ts'

/** Added to what is learned from: without it silence and rounding would be worth any likelihood. */
const NOISE_GAIN = 0.01

/** −ln of the sound's likelihood per sample, but for a constant. */
export const flowVocoderLoss: BatchLoss<FlowVocoderConfig> = (batch, config) => {
  const { frameCount, target, phase, features, noise } = batch
  const B = itemsOf(batch)
  const noisy = target.map((sample, at) => sample + NOISE_GAIN * noise[0][at])
  const sound = tensor3d(noisy, [B, frameCount * FRAME_SAMPLES, 1])
  const condition = {
    phase: tensor3d(phase, [B, frameCount * GROUPS_PER_FRAME, PHASE_CHANNELS]),
    features: tensor3d(features, [B, conditionFrames(frameCount), FEATURES]),
  }
  return (parameters) => flowLoss(forward(sound, condition, parameters, config), 1)
}
