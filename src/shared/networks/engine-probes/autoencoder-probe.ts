import { totalOf } from '../../nn/join.ts'
import { spectralAutoencoderSizes } from '../spectral-autoencoder/config.ts'
import { parameterShapes } from '../spectral-autoencoder/parameters.ts'
import { batchLoss } from '../spectral-autoencoder/training-step.ts'
import { createParameterLayout } from '../../nn/parameters.ts'
import type { EngineProbe } from './probe.ts'

const config = spectralAutoencoderSizes.tiny
const [B, T, SINGERS] = [2, 9, 2]
const network = { config, layout: createParameterLayout(parameterShapes(config, SINGERS)), singerCount: SINGERS }

/** The project's own network, in its smallest size. */
export const autoencoderProbe: EngineProbe = {
  id: 'spectral-autoencoder',
  shapes: parameterShapes(config, SINGERS),
  loss: (parameters, data) =>
    totalOf(
      Object.values(
        batchLoss(network, parameters, {
          frameCount: T,
          encoderInput: data.normal(B * T * 57),
          auxiliary: data.normal(B * T * 3),
          target: data.normal(B * T * 64),
          singerIndices: [0, 1],
          isNarrow: [false, true],
        }),
      ),
    ),
}
