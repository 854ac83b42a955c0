import { couplingShapes, type RealnvpConfig } from './config.ts'

/** Names and stored shapes of everything that is learned; a coupling's scales stand behind its shifts. */
export function realnvpShapes(config: RealnvpConfig): ReadonlyMap<string, readonly number[]> {
  const C = config.channels
  const shapes = new Map<string, readonly number[]>()
  const convolution = (name: string, out: number, inputs: number, size: number) => {
    shapes.set(`${name}/weight`, [out, inputs, size, size])
    shapes.set(`${name}/bias`, [out])
  }
  for (const { name, width } of couplingShapes(config)) {
    convolution(`${name}/in`, C, width, 3)
    convolution(`${name}/middle`, C, C, 3)
    convolution(`${name}/end`, 2 * width, C, 3)
    shapes.set(`${name}/range`, [width])
  }
  return shapes
}
