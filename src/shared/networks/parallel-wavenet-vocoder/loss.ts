import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { frozen } from '../../nn/frozen.ts'
import { gaussianDivergence } from '../../nn/gaussian.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { createParameterLayout, packParameters, toTensors, type StoredParameters } from '../../nn/parameters.ts'
import { cropTime } from '../../nn/shape.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../source-filter/config.ts'
import { heardDistance } from '../source-filter/loss.ts'
import { itemsOf, twice, type VocoderBatch } from '../vocoder-batch.ts'
import type { BatchLoss } from '../vocoder-step.ts'
import { LEAST_LOG_DEVIATION, UNHEARD_SAMPLES, type WavenetVocoderConfig } from '../wavenet-vocoder/config.ts'
import { hear, hearingOf } from '../wavenet-vocoder/hearing.ts'
import { INPUT_GAIN } from '../wavenet-vocoder/inputs.ts'
import { predict } from '../wavenet-vocoder/network.ts'
import { wavenetVocoderShapes } from '../wavenet-vocoder/parameters.ts'
import type { ParallelWavenetConfig } from './config.ts'
import { singInParallel, type ParallelWavenetInput } from './network.ts'

/** A trained WaveNet vocoder, which stays as it is. */
export interface WavenetTeacher {
  readonly config: WavenetVocoderConfig
  readonly parameters: StoredParameters
}

/** Nats of the divergence that a unit of the spectral distance is worth. */
const SPECTRAL_GAIN = 1

/**
 * How far a student is from its teacher and from what was recorded: the divergence of its samples' Gaussians from those
 * that the teacher tells of the same past (Ping et al. 2018), and the energy distance of its two draws from the recording.
 */
export const parallelWavenetLoss = (teacher: WavenetTeacher): BatchLoss<ParallelWavenetConfig> => {
  const layout = createParameterLayout(wavenetVocoderShapes(teacher.config))
  const weights = packParameters(layout, teacher.parameters)
  return (batch, config) => {
    const input = drawnTwice(batch)
    const samples = batch.frameCount * FRAME_SAMPLES
    const target = tensor3d(batch.target, [itemsOf(batch), samples, 1])
    const ofTeacher = new Map([...toTensors(layout, weights)].map(([name, weight]) => [name, frozen(weight)]))
    // The first ones the teacher tells without having heard anything before them.
    const learnedOf = (x: Tensor3D) => cropTime(x, UNHEARD_SAMPLES, samples - UNHEARD_SAMPLES)
    return (parameters) => {
      const sung = singInParallel(input, parameters, config)
      const heard = hear(sung.samples, input.hearing)
      const expected = predict({ heard, features: input.features }, ofTeacher, teacher.config)
      const [own, wanted] = [sung, expected].map(({ mean, logDeviation }) => ({
        mean: learnedOf(mean),
        logDeviation: learnedOf(logDeviation),
      }))
      return totalOf([
        gaussianDivergence(own, wanted, LEAST_LOG_DEVIATION),
        scaled(heardDistance(sung.samples, target), SPECTRAL_GAIN),
      ])
    }
  }
}

/** Both draws of an item hear the same pulses and features. */
function drawnTwice(batch: VocoderBatch): ParallelWavenetInput {
  const { frameCount, pulses, lags, turns, features, noise } = batch
  const B = 2 * itemsOf(batch)
  const samples = frameCount * FRAME_SAMPLES
  return {
    noise: tensor3d(twice(noise[0], noise[1]), [B, samples, 1]),
    hearing: hearingOf({ lags: lags.map((own) => twice(own)), turns: twice(turns) }, samples),
    pulses: tensor3d(twice(pulses.map((pulse) => INPUT_GAIN * pulse)), [B, samples, 1]),
    features: tensor3d(twice(features), [B, conditionFrames(frameCount), FEATURES]),
  }
}
