import type { PixelcnnConfig } from './config.ts'

/** Names and stored shapes of everything that is learned; a layer's gates stand behind its tangents. */
export function pixelcnnShapes(config: PixelcnnConfig): ReadonlyMap<string, readonly number[]> {
  const { layers, channels: C, firstTaps, taps, logistics } = config
  const shapes = new Map<string, readonly number[]>()
  const convolution = (name: string, out: number, inputs: number, size: number) => {
    shapes.set(`${name}/weight`, [out, inputs, size, size])
    shapes.set(`${name}/bias`, [out])
  }
  for (let layer = 0; layer < layers; layer++) {
    const [inputs, size] = layer === 0 ? [1, firstTaps] : [C, taps]
    convolution(`layer${layer}/above`, 2 * C, inputs, size)
    convolution(`layer${layer}/left`, 2 * C, inputs, size)
    convolution(`layer${layer}/link`, 2 * C, 2 * C, 1)
    convolution(`layer${layer}/out`, C, C, 1)
  }
  convolution('head', C, C, 1)
  convolution('end', 3 * logistics, C, 1)
  return shapes
}
