import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { gaussianLoss } from '../../nn/gaussian.ts'
import { cropTime } from '../../nn/shape.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../source-filter/config.ts'
import { itemsOf } from '../vocoder-batch.ts'
import type { BatchLoss } from '../vocoder-step.ts'
import { INPUTS, LEAST_LOG_DEVIATION, UNHEARD_SAMPLES, type WavenetVocoderConfig } from './config.ts'
import { teacherForced } from './inputs.ts'
import { predict } from './network.ts'

/** −ln of a sample's likelihood given all before it, in nats. */
export const wavenetVocoderLoss: BatchLoss<WavenetVocoderConfig> = (batch, config) => {
  const { frameCount, target, features } = batch
  const B = itemsOf(batch)
  const samples = frameCount * FRAME_SAMPLES
  const input = {
    heard: tensor3d(teacherForced(target, batch, samples), [B, samples, INPUTS]),
    features: tensor3d(features, [B, conditionFrames(frameCount), FEATURES]),
  }
  const heardOf = (x: Tensor3D) => cropTime(x, UNHEARD_SAMPLES, samples - UNHEARD_SAMPLES)
  const sound = heardOf(tensor3d(target, [B, samples, 1]))
  return (parameters) => {
    const { mean, logDeviation } = predict(input, parameters, config)
    return gaussianLoss(sound, heardOf(mean), heardOf(logDeviation), LEAST_LOG_DEVIATION)
  }
}
