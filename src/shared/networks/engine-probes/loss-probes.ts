import { tensor2d, tensor3d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { softmaxCrossEntropy } from '../../nn/cross-entropy.ts'
import { joinChannels, totalOf } from '../../nn/join.ts'
import { chooseRows, linear } from '../../nn/linear.ts'
import { limitRows } from '../../nn/max-norm.ts'
import { meanSquare, stagedMean } from '../../nn/mean.ts'
import { convolveNamed, parameterOf } from '../../nn/named-layers.ts'
import { addPerItem, overTime } from '../../nn/per-item.ts'
import { averagePool, repeatFrames, upsampleLinear } from '../../nn/resample-time.ts'
import { createEnergyBases, spectralEnergyDistance } from '../../nn/spectral-energy.ts'
import { createStftBasis, stftLoss } from '../../nn/stft-loss.ts'
import { mapTime, pool2Matrix, upsample2Matrix } from '../../nn/time-map.ts'
import { weightedChangeDistance, weightedDistance } from '../../nn/weighted-distance.ts'
import { B, C, convolutions, draw, T } from './block-probes.ts'
import type { EngineProbe } from './probe.ts'

const CLASSES = 5
const SINGERS = 3
const WIDTH = 4
const NORM_LIMIT = 1
const SAMPLES = 96
/** Windows of 16 samples; a high floor, since noise has bins near zero where the logarithm is all but a wall. */
const basis = createStftBasis(16, 4, 1e-2)
const energyBases = createEnergyBases([8, 16], 1e-2)

/** One probe for each loss, table and change of rate. */
export const lossProbes: readonly EngineProbe[] = [
  {
    id: 'softmax-cross-entropy',
    shapes: convolutions({ in: [CLASSES, C, 3] }),
    loss(parameters, data) {
      const logits = convolveNamed(parameters, 'in', draw(data))
      return softmaxCrossEntropy(
        logits,
        Int32Array.from({ length: B * T }, () => data.random.integer(CLASSES)),
      )
    },
  },
  {
    id: 'embedding-max-norm',
    shapes: new Map([
      ['singers/table', [SINGERS, WIDTH]],
      ['linear/weight', [C, WIDTH]],
      ['linear/bias', [C]],
      ...convolutions({ in: [C, C + WIDTH, 3] }),
    ]),
    loss(parameters, data) {
      const choice = new Float32Array(B * SINGERS)
      for (let item = 0; item < B; item++) choice[item * SINGERS + data.random.integer(SINGERS)] = 1
      const v = chooseRows(tensor2d(choice, [B, SINGERS]), parameterOf<Tensor2D>(parameters, 'singers/table'))
      const shift = linear(
        v,
        parameterOf<Tensor2D>(parameters, 'linear/weight'),
        parameterOf<Tensor1D>(parameters, 'linear/bias'),
      )
      const h = joinChannels([addPerItem(draw(data), shift), overTime(v, T)])
      return meanSquare(convolveNamed(parameters, 'in', h), draw(data))
    },
    constrain: (weights) => limitRows(weights.get('singers/table') ?? new Float32Array(0), WIDTH, NORM_LIMIT),
  },
  {
    id: 'average-pool',
    shapes: convolutions({ in: [C, C, 3] }),
    loss(parameters, data) {
      const pooled = averagePool(convolveNamed(parameters, 'in', draw(data)), 4)
      return meanSquare(repeatFrames(pooled, 2), draw(data, T / 2))
    },
  },
  {
    id: 'linear-upsample',
    shapes: convolutions({ in: [C, C, 3] }),
    loss(parameters, data) {
      const h = upsampleLinear(convolveNamed(parameters, 'in', draw(data)), 3)
      return meanSquare(mapTime(mapTime(h, pool2Matrix(3 * T)), upsample2Matrix(3 * T)), draw(data, 3 * T))
    },
  },
  {
    id: 'weighted-distance',
    shapes: convolutions({ in: [C, C, 3] }),
    loss(parameters, data) {
      const [o, y] = [convolveNamed(parameters, 'in', draw(data)), draw(data)]
      const weights = (frames: number) =>
        tensor3d(new Float32Array(B * frames * C).fill(1 / (B * frames * C)), [B, frames, C])
      const change = weightedChangeDistance(o, y, weights(T - 2), 2)
      return totalOf([weightedDistance(o, y, weights(T)), change, stagedMean(o)])
    },
  },
  {
    id: 'stft-loss',
    shapes: convolutions({ in: [1, 1, 3] }),
    loss: (parameters, data) =>
      stftLoss(convolveNamed(parameters, 'in', draw(data, SAMPLES, 1)), draw(data, SAMPLES, 1), basis),
  },
  {
    id: 'spectral-energy-distance',
    shapes: convolutions({ in: [1, 1, 3] }),
    // Two draws of one sound each, so that the items are the draws.
    loss: (parameters, data) =>
      spectralEnergyDistance(
        convolveNamed(parameters, 'in', draw(data, SAMPLES, 1)),
        tensor3d(data.normal((B / 2) * SAMPLES), [B / 2, SAMPLES, 1]),
        energyBases,
      ),
  },
]
