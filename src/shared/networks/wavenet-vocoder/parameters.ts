import { FEATURES } from '../source-filter/config.ts'
import { dilationsOf, INPUTS, type WavenetVocoderConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned. A layer's gates stand behind its tangents and its skip behind
 * its residual, the last layer's of which leads nowhere; the condition has no bias beside the layer's own.
 */
export function wavenetVocoderShapes(config: WavenetVocoderConfig): ReadonlyMap<string, readonly number[]> {
  const { residual: R, skip: S, condition: C } = config
  const { shapes, convolution } = collectShapes()
  convolution('in', R, INPUTS, 1)
  convolution('condition0', C, FEATURES, 3)
  convolution('condition1', C, C, 3)
  dilationsOf(config).forEach((_, layer) => {
    convolution(`layer${layer}/conv`, 2 * R, R, 2)
    convolution(`layer${layer}/condition`, 2 * R, C, 1, false)
    convolution(`layer${layer}/out`, R + S, R, 1)
  })
  convolution('head', S, S, 1)
  convolution('end', 2, S, 1)
  return shapes
}
