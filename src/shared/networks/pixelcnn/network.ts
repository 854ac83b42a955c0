import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { convolve2d } from '../../nn/conv-2d.ts'
import { addMaps, gateMap, reluMap } from '../../nn/maps.ts'
import { biasOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { maskedWeight, type PixelMask } from '../../nn/pixel-mask.ts'
import { reshaped } from '../../nn/shape.ts'
import type { PixelcnnConfig } from './config.ts'

/**
 * What each place of a picture may be, given all rows above it and what stands to its left. Two stacks: one sees whole
 * rows above, the other its own row and what the first tells it; together they have no blind spot.
 * @param x [B, H, W, 1]
 * @returns parameters of the mixtures, [B, H · W, 3 · logistics]
 */
export function predict(x: Tensor4D, parameters: TensorsByName, { layers }: PixelcnnConfig): Tensor3D {
  let above = x
  let left = x
  for (let layer = 0; layer < layers; layer++) {
    const name = `layer${layer}`
    const isFirst = layer === 0
    // Past the first layer the upper stack knows nothing of its own row: it may read along it.
    const seen = masked(parameters, `${name}/above`, above, isFirst ? 'rows-above' : 'rows')
    const own = masked(parameters, `${name}/left`, left, isFirst ? 'left' : 'left-and-itself')
    const gated = gateMap(addMaps(own, pointwise(parameters, `${name}/link`, seen)))
    const change = pointwise(parameters, `${name}/out`, gated)
    left = isFirst ? change : addMaps(left, change)
    above = gateMap(seen)
  }
  const [B, H, W] = x.shape
  const head = reluMap(pointwise(parameters, 'head', reluMap(left)))
  const end = pointwise(parameters, 'end', head)
  return reshaped<Tensor3D>(end, [B, H * W, end.shape[3]])
}

const masked = (parameters: TensorsByName, name: string, x: Tensor4D, mask: PixelMask): Tensor4D =>
  convolve2d(x, maskedWeight(weightOf<Tensor4D>(parameters, name), mask), biasOf(parameters, name))

const pointwise = (parameters: TensorsByName, name: string, x: Tensor4D): Tensor4D =>
  convolve2d(x, weightOf<Tensor4D>(parameters, name), biasOf(parameters, name))
