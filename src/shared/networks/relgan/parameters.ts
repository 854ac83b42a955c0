import type { StoredParameters } from '../../nn/parameters.ts'
import { CEPSTRA, MIDDLE_BLOCKS, SHRINKING, type RelganConfig } from './config.ts'

/** By name, as stored. */
export type RelganParameters = StoredParameters

type Shapes = Map<string, readonly number[]>

/**
 * Names and stored shapes of everything that is learned, in a fixed order. Where a layer has a gate, its outputs stand
 * behind the layer's own in one weight of twice the outputs. Convolutions are [out, in, taps] or [out, in, high, wide].
 */
export const generatorShapes = ({ channels: C, emotions: K }: RelganConfig): ReadonlyMap<string, readonly number[]> => {
  const shapes: Shapes = new Map()
  const merged = (CEPSTRA / SHRINKING) * 2 * C
  convolution(shapes, 'generator/in', 2 * C, 1 + K, 5, 15)
  normed(shapes, 'generator/down1', 4 * C, C, 5, 5)
  normed(shapes, 'generator/down2', 4 * C, 2 * C, 5, 5)
  normed(shapes, 'generator/narrow', 2 * C, merged, 1)
  for (let block = 0; block < MIDDLE_BLOCKS; block++) {
    normed(shapes, `generator/block${block}/in`, 8 * C, 2 * C, 3)
    normed(shapes, `generator/block${block}/out`, 2 * C, 4 * C, 3)
  }
  normed(shapes, 'generator/wide', merged, 2 * C, 1)
  shuffled(shapes, 'generator/up1', 16 * C, 2 * C, 5, 5)
  shuffled(shapes, 'generator/up2', 8 * C, 2 * C, 5, 5)
  convolution(shapes, 'generator/out', 1, C, 5, 15)
  return shapes
}

export const discriminatorShapes = ({
  channels: C,
  emotions: K,
}: RelganConfig): ReadonlyMap<string, readonly number[]> => {
  const shapes: Shapes = new Map()
  convolution(shapes, 'trunk/0', 2 * C, 1, 3, 3)
  normed(shapes, 'trunk/1', 4 * C, C, 3, 3)
  normed(shapes, 'trunk/2', 8 * C, 2 * C, 3, 3)
  normed(shapes, 'trunk/3', 16 * C, 4 * C, 3, 3)
  normed(shapes, 'trunk/4', 16 * C, 8 * C, 1, 5)
  convolution(shapes, 'heads/adversarial', 1, 8 * C, 1, 3)
  convolution(shapes, 'heads/interpolation', C, 8 * C, 3, 3)
  convolution(shapes, 'heads/matching', 16 * C, 16 * C + K, 3, 3)
  convolution(shapes, 'heads/matching-out', 1, 8 * C, 1, 3)
  return shapes
}

/** Generator first, then discriminator: one flat array holds both. */
export const relganShapes = (config: RelganConfig): ReadonlyMap<string, readonly number[]> =>
  new Map([...generatorShapes(config), ...discriminatorShapes(config)])

export const isGenerators = (name: string): boolean => name.startsWith('generator/')

function convolution(shapes: Shapes, name: string, out: number, inputs: number, ...taps: readonly number[]): void {
  shapes.set(`${name}/weight`, [out, inputs, ...taps])
  shapes.set(`${name}/bias`, [out])
}

function normed(shapes: Shapes, name: string, out: number, inputs: number, ...taps: readonly number[]): void {
  convolution(shapes, name, out, inputs, ...taps)
  norm(shapes, name, out)
}

/** The norm comes after the shuffle, which makes four places of four channels. */
function shuffled(shapes: Shapes, name: string, out: number, inputs: number, ...taps: readonly number[]): void {
  convolution(shapes, name, out, inputs, ...taps)
  norm(shapes, name, out / 4)
}

function norm(shapes: Shapes, name: string, channels: number): void {
  shapes.set(`${name}/gain`, [channels])
  shapes.set(`${name}/offset`, [channels])
}
