import { tensor2d, tensor3d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import {
  actNorm,
  logMagnitude,
  mixChannels,
  permutedTriangles,
  scaledAndShifted,
  total,
  unscaled,
} from '../../nn/flow.ts'
import { gaussianDivergence, gaussianLoss } from '../../nn/gaussian.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { logisticMixtureLoss } from '../../nn/logistic-mixture.ts'
import { meanSquare } from '../../nn/mean.ts'
import { monteCarloDivergence } from '../../nn/monte-carlo-divergence.ts'
import { convolveNamed, parameterOf } from '../../nn/named-layers.ts'
import { squeezeTime } from '../../nn/squeeze-time.ts'
import { B, C, convolutions, draw, T } from './block-probes.ts'
import type { EngineProbe } from './probe.ts'

const MIXTURES = 2
const triangles = { order: [2, 0, 3, 1], signs: [1, -1, 1, -1] }

/** One probe for each density, and one for each kind of flow. */
export const densityProbes: readonly EngineProbe[] = [
  {
    id: 'logistic-mixture',
    shapes: convolutions({ in: [3 * MIXTURES, C, 3] }),
    loss(parameters, data) {
      const y = data.normal(B * T).map((value) => Math.max(-1, Math.min(1, value)))
      // Few levels: the probability of one of many is a small difference, which single precision keeps badly.
      const options = { levels: 16, leastLogScale: -7 }
      return logisticMixtureLoss(convolveNamed(parameters, 'in', draw(data)), tensor2d(y, [B, T]), options)
    },
  },
  {
    id: 'monte-carlo-divergence',
    shapes: convolutions({ mean: [1, C, 1], scale: [1, C, 1], teacher: [3 * MIXTURES, C, 3] }),
    loss(parameters, data) {
      const x = draw(data)
      const student = {
        mean: convolveNamed(parameters, 'mean', x),
        logScale: scaled(convolveNamed(parameters, 'scale', x), 0.1),
      }
      const options = { levels: 16, leastLogScale: -7, edge: Infinity }
      const standard = tensor3d(data.normal(B * T * MIXTURES), [B, T, MIXTURES])
      return monteCarloDivergence(student, convolveNamed(parameters, 'teacher', x), standard, options)
    },
  },
  {
    id: 'gaussian-densities',
    shapes: convolutions({ mean: [C, C, 1], deviation: [C, C, 1] }),
    loss(parameters, data) {
      const x = draw(data)
      const own = {
        mean: convolveNamed(parameters, 'mean', x),
        logDeviation: convolveNamed(parameters, 'deviation', x),
      }
      const teacher = { mean: draw(data), logDeviation: tensor3d(new Float32Array(B * T * C), [B, T, C]) }
      return totalOf([
        gaussianLoss(draw(data), own.mean, own.logDeviation, -9),
        scaled(gaussianDivergence(own, teacher, -6), 0.1),
      ])
    },
  },
  {
    id: 'flow-steps',
    shapes: new Map<string, readonly number[]>([
      ...convolutions({ shift: [C, C, 3], scale: [C, C, 1] }),
      ['bias', [C]],
      ['gain', [C]],
      ['lower', [C, C]],
      ['upper', [C, C]],
      ['diagonal', [C]],
    ]),
    loss(parameters, data) {
      const vector = (name: string) => parameterOf<Tensor1D>(parameters, name)
      const square = (name: string) => parameterOf<Tensor2D>(parameters, name)
      const normal = actNorm(draw(data), vector('bias'), vector('gain'))
      const W = permutedTriangles(square('lower'), square('upper'), vector('diagonal'), triangles)
      const mixed = mixChannels(normal, W)
      const [shift, logScale] = [convolveNamed(parameters, 'shift', mixed), convolveNamed(parameters, 'scale', mixed)]
      const y = unscaled(scaledAndShifted(mixed, shift, logScale), logScale, shift)
      const narrow = squeezeTime(y, 2)
      return totalOf([
        meanSquare(narrow, tensor3d(data.normal(narrow.size), [B, T / 2, 2 * C])),
        // As in every flow: what grows is rewarded. The other way around the gain is driven to where its logarithm ends.
        scaled(totalOf([total(logScale), logMagnitude(vector('gain')), total(vector('diagonal'))]), -1e-2),
      ])
    },
  },
]
