import { FEATURES, GROUP, PHASE_CHANNELS } from '../source-filter/config.ts'
import type { FlowVocoderConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned: WaveGlow's, but that each layer is told the features of a frame
 * and the phase of its group by projections of its own, without a bias beside the layer's.
 */
export function flowVocoderShapes({
  flows,
  layers,
  channels: C,
  condition,
}: FlowVocoderConfig): ReadonlyMap<string, readonly number[]> {
  const { shapes, convolution } = collectShapes()
  convolution('condition0', condition, FEATURES, 3)
  convolution('condition1', condition, condition, 3)
  for (let flow = 0; flow < flows; flow++) {
    const name = `flow${flow}`
    shapes.set(`${name}/lower`, [GROUP, GROUP])
    shapes.set(`${name}/upper`, [GROUP, GROUP])
    shapes.set(`${name}/log-scale`, [GROUP])
    convolution(`${name}/start`, C, GROUP / 2, 1)
    for (let layer = 0; layer < layers; layer++) {
      const part = `${name}/layer${layer}`
      convolution(`${part}/in`, 2 * C, C, 3)
      convolution(`${part}/phase`, 2 * C, PHASE_CHANNELS, 1, false)
      convolution(`${part}/condition`, 2 * C, condition, 1, false)
      // The last layer has no residual.
      convolution(`${part}/out`, layer < layers - 1 ? 2 * C : C, C, 1)
    }
    convolution(`${name}/end`, GROUP, C, 1)
  }
  return shapes
}
