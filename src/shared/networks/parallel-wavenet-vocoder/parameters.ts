import { FEATURES } from '../source-filter/config.ts'
import { FLOW_INPUTS, FLOW_TAPS, flowDilations, flowPrefix, type ParallelWavenetConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned. Flows share what is made of the features, and each tells it to
 * its layers by projections of its own. A layer's gates stand behind its tangents and its skip behind its residual, the
 * last layer's of which leads nowhere.
 */
export function parallelWavenetShapes(config: ParallelWavenetConfig): ReadonlyMap<string, readonly number[]> {
  const { flows, channels: C, condition } = config
  const { shapes, convolution } = collectShapes()
  convolution('condition0', condition, FEATURES, 3)
  convolution('condition1', condition, condition, 3)
  for (let flow = 0; flow < flows; flow++) {
    const name = flowPrefix(flow)
    convolution(`${name}in`, C, FLOW_INPUTS, 1)
    flowDilations(config).forEach((_, layer) => {
      convolution(`${name}layer${layer}/conv`, 2 * C, C, FLOW_TAPS)
      convolution(`${name}layer${layer}/condition`, 2 * C, condition, 1, false)
      convolution(`${name}layer${layer}/out`, 2 * C, C, 1)
    })
    convolution(`${name}head`, C, C, 1)
    convolution(`${name}end`, 2, C, 1)
  }
  return shapes
}
