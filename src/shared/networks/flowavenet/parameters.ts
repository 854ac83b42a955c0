import { blockShapes, type FlowavenetConfig } from './config.ts'

/**
 * Names and stored shapes of everything that is learned. A layer's gates stand behind its tangents and its skip behind
 * its residual; a coupling's shifts behind its scales.
 */
export function flowavenetShapes(config: FlowavenetConfig): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>()
  config.stretches.forEach((stretch, index) => {
    shapes.set(`stretch${index}/weight`, [1, 3, 2 * stretch])
    shapes.set(`stretch${index}/bias`, [1])
  })
  blockShapes(config).forEach(({ width, told, isSplit }, block) => {
    for (let flow = 0; flow < config.flowsPerBlock; flow++) {
      const name = `block${block}/flow${flow}`
      shapes.set(`${name}/shift`, [width])
      shapes.set(`${name}/scale`, [width])
      addNetwork(shapes, name, { inputs: width / 2, told: told / 2, outputs: width }, config)
    }
    if (isSplit) addNetwork(shapes, `block${block}/prior`, { inputs: width / 2, told, outputs: width }, config)
  })
  return shapes
}

interface NetworkWidths {
  readonly inputs: number
  readonly told: number
  readonly outputs: number
}

function addNetwork(
  shapes: Map<string, readonly number[]>,
  name: string,
  { inputs, told, outputs }: NetworkWidths,
  { channels: C, layers }: FlowavenetConfig,
): void {
  const convolution = (part: string, out: number, width: number, taps: number) => {
    shapes.set(`${name}/${part}/weight`, [out, width, taps])
    shapes.set(`${name}/${part}/bias`, [out])
  }
  convolution('front', C, inputs, 3)
  for (let layer = 0; layer < layers; layer++) {
    convolution(`layer${layer}/in`, 2 * C, C, 3)
    convolution(`layer${layer}/condition`, 2 * C, told, 1)
    convolution(`layer${layer}/out`, 2 * C, C, 1)
  }
  convolution('head', C, C, 1)
  convolution('end', outputs, C, 1)
  shapes.set(`${name}/end/gain`, [outputs])
}
