import { tensor3d, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core'
import { leakyRelu, relu } from '../../nn/activation.ts'
import { convolve, convolveValid } from '../../nn/conv.ts'
import { gate, gatedLinear } from '../../nn/gate.ts'
import { addResidual } from '../../nn/join.ts'
import { createFrameWeights, maskedNorm } from '../../nn/masked-norm.ts'
import { meanSquare } from '../../nn/mean.ts'
import { biasOf, convolveNamed, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle } from '../../nn/pixel-shuffle.ts'
import { recomputing } from '../../nn/recompute.ts'
import { padTime } from '../../nn/shape.ts'
import { powerIteration, spectralNorm } from '../../nn/spectral-norm.ts'
import { rowSources, takenRows } from '../../nn/taken-rows.ts'
import { convolveStrided, convolveTransposed } from '../../nn/strided-conv.ts'
import type { EngineProbe, ProbeData } from './probe.ts'

/** Items, frames and channels of every probe: small, since the slowest engine takes part. */
export const [B, T, C] = [2, 12, 4]

/** Shapes of convolutions by name, each `[out, in, taps]` with its bias. */
export const convolutions = (
  sizes: Readonly<Record<string, readonly [out: number, inputs: number, taps: number]>>,
): ReadonlyMap<string, readonly number[]> =>
  new Map(
    Object.entries(sizes).flatMap(([name, size]): [string, readonly number[]][] => [
      [`${name}/weight`, size],
      [`${name}/bias`, [size[0]]],
    ]),
  )

export const draw = (data: ProbeData, frames = T, channels = C): Tensor3D =>
  tensor3d(data.normal(B * frames * channels), [B, frames, channels])

/** Against noise: what a block gives has to move. */
const against = (data: ProbeData, o: Tensor3D): Scalar => meanSquare(o, draw(data, o.shape[1], o.shape[2]))

function gatedBlock(h: Tensor3D, parameters: TensorsByName, dilation: number): Tensor3D {
  return addResidual(h, convolveNamed(parameters, 'out', gate(convolveNamed(parameters, 'gate', h, dilation))))
}

const gatedShapes = convolutions({ gate: [2 * C, C, 3], out: [C, C, 1] })

/** One probe for each block that works along time. */
export const blockProbes: readonly EngineProbe[] = [
  {
    id: 'pointwise-convolution',
    shapes: convolutions({ in: [C, C, 1] }),
    loss: (parameters, data) => against(data, relu(convolveNamed(parameters, 'in', draw(data)))),
  },
  {
    id: 'dilated-convolution',
    shapes: convolutions({ first: [C, C, 3], second: [C, C, 5] }),
    loss: (parameters, data) =>
      against(
        data,
        convolveNamed(parameters, 'second', leakyRelu(convolveNamed(parameters, 'first', draw(data), 4), 0.2), 2),
      ),
  },
  {
    id: 'causal-convolution',
    shapes: convolutions({ in: [C, C, 2] }),
    loss: (parameters, data) => {
      const x = padTime(draw(data), 2, 0)
      return against(data, convolveValid(x, weightOf(parameters, 'in'), biasOf(parameters, 'in'), 2))
    },
  },
  {
    id: 'taken-rows',
    shapes: convolutions({ in: [C, C, 1] }),
    loss(parameters, data) {
      // Some rows are taken twice or more, some never, and zeros stand for others.
      const from = Int32Array.from({ length: B * T }, (_, row) => (row % 5 === 0 ? -1 : B * T - 1 - (row % 7)))
      return against(data, takenRows(convolveNamed(parameters, 'in', draw(data)), rowSources(from, B * T)))
    },
  },
  {
    id: 'gated-residual-block',
    shapes: gatedShapes,
    loss: (parameters, data) => against(data, gatedBlock(draw(data), parameters, 2)),
  },
  {
    id: 'recomputed-block',
    shapes: gatedShapes,
    loss(parameters, data) {
      const names = [...gatedShapes.keys()]
      const inputs = [draw(data), ...names.map((name) => parameterOf(parameters, name))]
      const block = recomputing(inputs, (h, ...own) =>
        // The first input is the one drawn above.
        gatedBlock(h as Tensor3D, new Map(names.map((name, index) => [name, own[index]])), 2),
      )
      return against(data, block)
    },
  },
  {
    id: 'masked-instance-norm',
    shapes: convolutions({ in: [C, C, 3], out: [C, C, 1] }),
    loss(parameters, data) {
      const counted = Float32Array.from({ length: B * T }, (_, frame) => (frame % 5 === 0 ? 1e-3 : 1))
      const h = maskedNorm(convolveNamed(parameters, 'in', draw(data)), createFrameWeights(counted, B, T))
      return against(data, convolveNamed(parameters, 'out', h))
    },
  },
  {
    id: 'gated-linear-unit',
    shapes: convolutions({ in: [2 * C, C, 3] }),
    loss: (parameters, data) => against(data, gatedLinear(convolveNamed(parameters, 'in', draw(data)))),
  },
  {
    id: 'strided-convolution',
    shapes: convolutions({ in: [C, C, 5] }),
    loss: (parameters, data) =>
      against(data, convolveStrided(draw(data), weightOf(parameters, 'in'), biasOf(parameters, 'in'), 2)),
  },
  {
    id: 'transposed-convolution',
    shapes: convolutions({ in: [C, C, 4] }),
    loss: (parameters, data) =>
      against(data, convolveTransposed(draw(data), weightOf(parameters, 'in'), biasOf(parameters, 'in'), 2)),
  },
  {
    id: 'pixel-shuffle',
    shapes: convolutions({ in: [2 * C, C, 3] }),
    loss: (parameters, data) => against(data, pixelShuffle(convolveNamed(parameters, 'in', draw(data)), 2)),
  },
  {
    id: 'spectral-normalization',
    shapes: convolutions({ in: [C, C, 3] }),
    loss(parameters, data, weights) {
      const estimate = largestOf(weights.get('in/weight') ?? new Float32Array(0))
      const weight = spectralNorm(weightOf<Tensor3D>(parameters, 'in'), estimate)
      return against(data, convolve(draw(data), weight, biasOf(parameters, 'in')))
    },
  },
]

/** Settled, so that a probe needs no estimate in its state. */
const ITERATIONS = 8
function largestOf(weight: Float32Array) {
  let estimate = powerIteration(weight, C, new Float32Array(weight.length / C).fill(1))
  for (let round = 1; round < ITERATIONS; round++) estimate = powerIteration(weight, C, estimate.left)
  return estimate
}
