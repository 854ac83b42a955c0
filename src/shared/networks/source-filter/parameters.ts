import { FEATURES, GROUP, PHASE_CHANNELS, SOURCE_CHANNELS, type SourceFilterConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned. A layer's gates stand behind its tangents and its skip behind
 * its residual, the last layer's of which leads nowhere; phase and condition have no bias beside the layer's own.
 */
export function sourceFilterShapes({
  dilations,
  residual: R,
  skip: S,
  condition: C,
}: SourceFilterConfig): ReadonlyMap<string, readonly number[]> {
  const { shapes, convolution } = collectShapes()
  convolution('in', R, SOURCE_CHANNELS, 1)
  convolution('condition0', C, FEATURES, 3)
  convolution('condition1', C, C, 3)
  dilations.forEach((_, layer) => {
    convolution(`layer${layer}/conv`, 2 * R, R, 3)
    convolution(`layer${layer}/phase`, 2 * R, PHASE_CHANNELS, 1, false)
    convolution(`layer${layer}/condition`, 2 * R, C, 1, false)
    convolution(`layer${layer}/out`, R + S, R, 1)
  })
  convolution('end', GROUP, S, 1)
  return shapes
}
