import { flowWidths, type WaveglowConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned. A flow's mixing matrix is kept as triangles and a diagonal
 * (`nn/flow.ts`); a coupling's gates stand behind its tangents, its scales behind its shifts.
 */
export function waveglowShapes(config: WaveglowConfig): ReadonlyMap<string, readonly number[]> {
  const { channels: C, layers, group, mels } = config
  const { shapes, convolution } = collectShapes()
  convolution('upsampling', mels, mels, config.stretchTaps)
  flowWidths(config).forEach((width, flow) => {
    const name = `flow${flow}`
    shapes.set(`${name}/lower`, [width, width])
    shapes.set(`${name}/upper`, [width, width])
    shapes.set(`${name}/log-scale`, [width])
    convolution(`${name}/start`, C, width / 2, 1)
    convolution(`${name}/condition`, 2 * C * layers, group * mels, 1)
    for (let layer = 0; layer < layers; layer++) {
      convolution(`${name}/layer${layer}/in`, 2 * C, C, 3)
      // The last layer has no residual.
      convolution(`${name}/layer${layer}/out`, layer < layers - 1 ? 2 * C : C, C, 1)
    }
    convolution(`${name}/end`, width, C, 1)
  })
  return shapes
}
