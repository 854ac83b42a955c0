import { levelWidths, type GlowConfig } from './config.ts'

/**
 * Names and stored shapes of everything that is learned. A mixing matrix is kept as triangles and a diagonal
 * (`nn/flow.ts`); a coupling's scales stand behind its shifts, a prior's log-deviations behind its means.
 */
export function glowShapes(config: GlowConfig): ReadonlyMap<string, readonly number[]> {
  const { levels, stepsPerLevel, channels: C } = config
  const shapes = new Map<string, readonly number[]>()
  const convolution = (name: string, out: number, inputs: number, size: number) => {
    shapes.set(`${name}/weight`, [out, inputs, size, size])
    shapes.set(`${name}/bias`, [out])
  }
  const ending = (name: string, out: number, inputs: number) => {
    convolution(name, out, inputs, 3)
    shapes.set(`${name}/gain`, [out])
  }
  levelWidths(config).forEach((width, level) => {
    for (let step = 0; step < stepsPerLevel; step++) {
      const name = `level${level}/step${step}`
      shapes.set(`${name}/shift`, [width])
      shapes.set(`${name}/scale`, [width])
      shapes.set(`${name}/lower`, [width, width])
      shapes.set(`${name}/upper`, [width, width])
      shapes.set(`${name}/log-scale`, [width])
      convolution(`${name}/in`, C, width / 2, 3)
      convolution(`${name}/middle`, C, C, 1)
      ending(`${name}/end`, width, C)
    }
    if (level < levels - 1) ending(`level${level}/prior`, width, width / 2)
  })
  return shapes
}
