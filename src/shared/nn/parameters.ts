import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'

/** Weights by name as they are stored: convolutions [out, in, taps] or [out, in, high, wide], linear maps [out, in], row-major. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}
export type StoredParameters = ReadonlyMap<string, StoredTensor>

/** Where each parameter lies in one flat array, in the layout that the bricks compute in. */
export interface ParameterLayout {
  readonly count: number
  readonly entries: readonly ParameterEntry[]
}
interface ParameterEntry {
  readonly name: string
  readonly storedShape: readonly number[]
  /** Of a weight the stored axes in reverse: [taps, in, out], [wide, high, in, out] and [in, out]. */
  readonly shape: readonly number[]
  readonly offset: number
  readonly length: number
}

/** Tensors by name, in compute layout. */
export type TensorsByName = ReadonlyMap<string, Tensor>

const isReversed = (name: string) => name.endsWith('/weight')

export function createParameterLayout(shapes: ReadonlyMap<string, readonly number[]>): ParameterLayout {
  const entries: ParameterEntry[] = []
  let offset = 0
  for (const [name, storedShape] of shapes) {
    const length = storedShape.reduce((product, size) => product * size, 1)
    const shape = isReversed(name) ? [...storedShape].reverse() : storedShape
    entries.push({ name, storedShape, shape, offset, length })
    offset += length
  }
  return { count: offset, entries }
}

/** From named stored tensors to one flat array in compute layout. The names and shapes must be the layout's. */
export function packParameters(layout: ParameterLayout, stored: StoredParameters): Float32Array {
  const flat = new Float32Array(layout.count)
  for (const { name, storedShape, offset } of layout.entries) {
    const found = stored.get(name)
    assert(found !== undefined, `parameter ${name} is missing`)
    assert(`${found.shape}` === `${storedShape}`, `parameter ${name} is [${found.shape}], expected [${storedShape}]`)
    flat.set(isReversed(name) ? reverseAxes(found.values, storedShape) : found.values, offset)
  }
  return flat
}

/** The way back: pack and unpack are each other's inverse, bit for bit. */
export function unpackParameters(layout: ParameterLayout, flat: Float32Array): Map<string, StoredTensor> {
  return new Map(
    layout.entries.map(({ name, storedShape, shape, offset, length }) => {
      const values = flat.slice(offset, offset + length)
      return [name, { shape: storedShape, values: isReversed(name) ? reverseAxes(values, shape) : values }]
    }),
  )
}

/** Tensors for one computation; the caller owns them. */
export function toTensors(layout: ParameterLayout, flat: Float32Array): Map<string, Tensor> {
  return new Map(
    layout.entries.map(({ name, shape, offset, length }) => [
      name,
      tensor(flat.slice(offset, offset + length), [...shape]),
    ]),
  )
}

/** Row-major values with all axes in reverse order. */
function reverseAxes(values: Float32Array, shape: readonly number[]): Float32Array {
  const reversed = new Float32Array(values.length)
  // How far apart neighbors along each axis lie, the last axis being the first of the result.
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  let position = 0
  const copyFrom = (axis: number, offset: number): void => {
    for (let index = 0; index < shape[axis]; index++) {
      const at = offset + index * steps[axis]
      if (axis === 0) reversed[position++] = values[at]
      else copyFrom(axis - 1, at)
    }
  }
  copyFrom(shape.length - 1, 0)
  return reversed
}
