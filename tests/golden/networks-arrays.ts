import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'

/** How the fixture writes a map: [channels][frames]. */
export type Rows = readonly (readonly number[])[]

type Nested = number | readonly Nested[]

/** Row-major. */
export const flat = (numbers: Nested): number[] => (typeof numbers === 'number' ? [numbers] : numbers.flatMap(flat))

/** Items of [channels][frames], as this program lays them: [items, frames, channels]. */
export const framesFirst = (items: readonly Rows[]): number[] =>
  items.flatMap((channels) => channels[0].flatMap((_, frame) => channels.map((row) => row[frame])))

/** The same as a tensor [B, T, C]. */
export const mapOf = (items: readonly Rows[]): Tensor3D =>
  tensor3d(framesFirst(items), [items.length, items[0][0].length, items[0].length])

/** gain · sin(1 + a i) over [items][channels][frames], as [B, T, C]. */
export const wave = (B: number, C: number, T: number, a: number, gain = 1): Tensor3D =>
  tensor3d(
    Float32Array.from({ length: B * T * C }, (_, i) => {
      const [item, frame, channel] = [Math.floor(i / (T * C)), Math.floor(i / C) % T, i % C]
      return gain * Math.sin(1 + a * ((item * C + channel) * T + frame))
    }),
    [B, T, C],
  )

/** Single precision against a reference in double: the farthest number, relative to the largest. */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length)
  const scale = Math.max(...Array.from(expected, Math.abs))
  const farthest = Math.max(...Array.from(expected, (value, index) => Math.abs(value - found[index])))
  expect(farthest).toBeLessThan(tolerance * scale)
}
