import { tensor3d, tensor4d, type Tensor1D, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core'
import { boundedLogScale } from '../../nn/bounded-scale.ts'
import { exponentialGain } from '../../nn/channel-gain.ts'
import { convolve2d } from '../../nn/conv-2d.ts'
import { logSquash, scaledAndShifted, squashedAndShifted, total } from '../../nn/flow.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { addMaps, inRow, reluMap } from '../../nn/maps.ts'
import { meanSquare } from '../../nn/mean.ts'
import { biasOf, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { maskedWeight, type PixelMask } from '../../nn/pixel-mask.ts'
import { pixelUnshuffle2d } from '../../nn/pixel-shuffle.ts'
import { cropChannels } from '../../nn/shape.ts'
import { stretchSpectrum } from '../../nn/spectrum-stretch.ts'
import { timesConstant } from '../../nn/times-constant.ts'
import { B, C, draw, T } from './block-probes.ts'
import type { EngineProbe, ProbeData } from './probe.ts'

/** Height and width of the pictures. */
const [H, W] = [4, 6]

const picture = (data: ProbeData, channels: number): Tensor4D =>
  tensor4d(data.normal(B * H * W * channels), [B, H, W, channels])

const masked = (parameters: TensorsByName, name: string, x: Tensor4D, mask: PixelMask): Tensor4D =>
  convolve2d(x, maskedWeight(weightOf<Tensor4D>(parameters, name), mask), biasOf(parameters, name))

const vector = (parameters: TensorsByName, name: string): Tensor1D => parameterOf<Tensor1D>(parameters, name)

/** One probe for each block of the density models of pictures, and for what stretches a spectrum. */
export const pictureProbes: readonly EngineProbe[] = [
  {
    id: 'masked-convolutions',
    shapes: new Map([
      ['above/weight', [C, C, 3, 3]],
      ['above/bias', [C]],
      ['left/weight', [C, C, 3, 3]],
      ['left/bias', [C]],
    ]),
    loss(parameters, data) {
      const above = masked(parameters, 'above', picture(data, C), 'rows-above')
      const y = addMaps(above, masked(parameters, 'left', reluMap(above), 'left-and-itself'))
      return meanSquare(y, picture(data, C))
    },
  },
  {
    id: 'picture-couplings',
    shapes: new Map([
      ['in/weight', [8, 8, 3, 3]],
      ['in/bias', [8]],
      ['gain', [8]],
      ['range', [4]],
    ]),
    loss(parameters, data) {
      const x = pixelUnshuffle2d(picture(data, 2), 2)
      const checks = tensor4d(
        Float32Array.from({ length: (H / 2) * (W / 2) * 8 }, (_, i) => i % 2),
        [1, H / 2, W / 2, 8],
      )
      const heard = convolve2d(timesConstant(x, checks), weightOf<Tensor4D>(parameters, 'in'), biasOf(parameters, 'in'))
      const told = exponentialGain(inRow(heard), vector(parameters, 'gain'))
      const [shift, raw] = [cropChannels(told, 0, 4), cropChannels(told, 4, 4)]
      const squashed = squashedAndShifted(cropChannels(inRow(x), 0, 4), shift, raw)
      const logScale = boundedLogScale(raw, vector(parameters, 'range'))
      const y: Tensor3D = scaledAndShifted(squashed, shift, logScale)
      return totalOf([
        meanSquare(y, cropChannels(inRow(x), 4, 4)),
        scaled(totalOf([logSquash(raw), total(logScale)]), -1e-2),
      ])
    },
  },
  {
    id: 'spectrum-stretch',
    shapes: new Map([
      ['stretch/weight', [1, 3, 4]],
      ['stretch/bias', [1]],
    ]),
    loss(parameters, data) {
      const stretch = weightOf<Tensor3D>(parameters, 'stretch')
      const y = stretchSpectrum(draw(data), stretch, biasOf(parameters, 'stretch'), 2)
      return meanSquare(y, tensor3d(data.normal(y.size), [B, 2 * T, C]))
    },
  },
]
