import { tensor4d, type Scalar, type Tensor1D, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core'
import { convolve2d } from '../../nn/conv-2d.ts'
import { meanDistance, ratio } from '../../nn/distance.ts'
import { gatedLinear } from '../../nn/gate.ts'
import { instanceNorm } from '../../nn/instance-norm.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { channelMean, meanSquare } from '../../nn/mean.ts'
import { parameterOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle2d } from '../../nn/pixel-shuffle.ts'
import { reshaped } from '../../nn/shape.ts'
import { B } from './block-probes.ts'
import type { EngineProbe, ProbeData } from './probe.ts'

/** Height, width and channels of the maps. */
const [H, W, C] = [4, 6, 2]

const map = (data: ProbeData, height = H, width = W, channels = C): Tensor4D =>
  tensor4d(data.normal(B * height * width * channels), [B, height, width, channels])

const convolved = (parameters: TensorsByName, name: string, x: Tensor4D, stride = 1): Tensor4D =>
  convolve2d(x, parameterOf(parameters, `${name}/weight`), parameterOf(parameters, `${name}/bias`), stride)

const against = (data: ProbeData, o: Tensor4D): Scalar => meanSquare(o, map(data, o.shape[1], o.shape[2], o.shape[3]))

type Shapes = readonly (readonly [name: string, shape: readonly number[]])[]
const convolution = (name: string, ...shape: readonly [number, number, number, number]): Shapes => [
  [`${name}/weight`, shape],
  [`${name}/bias`, [shape[0]]],
]
const norm = (channels: number): Shapes => [
  ['gain', [channels]],
  ['offset', [channels]],
]

/** One probe for each block that works on maps of two axes. */
export const mapProbes: readonly EngineProbe[] = [
  {
    id: 'map-convolution',
    shapes: new Map([...convolution('in', C, C, 3, 5), ...convolution('down', C, C, 5, 5)]),
    loss: (parameters, data) => against(data, convolved(parameters, 'down', convolved(parameters, 'in', map(data)), 2)),
  },
  {
    id: 'map-instance-norm',
    shapes: new Map([...convolution('in', 8 * C, C, 3, 3), ...norm(2 * C)]),
    loss(parameters, data) {
      const wide = pixelShuffle2d(convolved(parameters, 'in', map(data)), 2)
      const h = instanceNorm(
        wide,
        parameterOf<Tensor1D>(parameters, 'gain'),
        parameterOf<Tensor1D>(parameters, 'offset'),
      )
      const places = reshaped<Tensor3D>(h, [B, 4 * H * W, 2 * C])
      return against(data, reshaped<Tensor4D>(gatedLinear(places), [B, 2 * H, 2 * W, C]))
    },
  },
  {
    id: 'distance-ratio',
    shapes: new Map(convolution('in', C, C, 1, 3)),
    loss(parameters, data) {
      const [first, second] = [map(data), map(data)]
      const apart = meanDistance(convolved(parameters, 'in', first), convolved(parameters, 'in', second))
      const seen = channelMean(convolved(parameters, 'in', map(data)))
      return totalOf([ratio(meanDistance(first, second), apart), scaled(against(data, seen), 0.5)])
    },
  },
]
