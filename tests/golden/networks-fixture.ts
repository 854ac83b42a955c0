import { readFileSync } from 'node:fs'

/** Made by the readable reference of the published networks; tensors by formula, outputs, losses and gradients as numbers. */
// Our own fixture; each test names the part that it reads.
export const goldenNetworks = JSON.parse(readFileSync(new URL('./networks.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, unknown>
>

export type GoldenShapes = readonly (readonly [name: string, shape: readonly number[]])[]

/** Tensor number k of the list, row-major index i: .3 sin(1 + .37 i + 2 sin i + k) / √columns, times 3 if a matrix. */
export function formulaTensors(shapes: GoldenShapes, scale = 0.3): Map<string, Float32Array> {
  return new Map(
    shapes.map(([name, shape], k) => {
      const columns = shape.slice(1).reduce((product, size) => product * size, 1)
      const factor = (scale / Math.sqrt(columns)) * (shape.length > 1 ? 3 : 1)
      const length = columns * shape[0]
      return [name, Float32Array.from({ length }, (_, i) => factor * Math.sin(1 + 0.37 * i + 2 * Math.sin(i) + k))]
    }),
  )
}

/** What the fixture tells of a gradient. */
export interface GoldenGradient {
  readonly sum: number
  readonly norm: number
  readonly first: readonly number[]
}
