import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fromFloat16, toFloat16 } from './float16.ts'
import { floatBytes, readFloats, type RawTensor } from './safetensors.ts'
import { encodeUtf8 } from './text.ts'

/** What files of networks and singers have in common: tensors by name that are believed only after a look. */

export const singles = (values: Float32Array, shape: readonly number[] = [values.length]): RawTensor => ({
  type: 'F32',
  shape,
  bytes: floatBytes(values),
})

export const halves = (values: Float32Array, shape: readonly number[]): RawTensor => ({
  type: 'F16',
  shape,
  bytes: new Uint8Array(toFloat16(values).buffer),
})

const ALIGNMENT = { F32: 4, I32: 4, F16: 2, U8: 1 } as const

/** Four-byte numbers first, so that every tensor is aligned for readers that map the file. */
export const aligned = (tensors: ReadonlyMap<string, RawTensor>): Map<string, RawTensor> =>
  new Map([...tensors].sort(([, a], [, b]) => ALIGNMENT[b.type] - ALIGNMENT[a.type]))

/** SHA-256 over the texts as written, and over names, types, shapes and numbers, by name. */
export function digestOf(tensors: ReadonlyMap<string, RawTensor>, texts: readonly string[]): string {
  const hash = sha256.create().update(encodeUtf8(texts.map((text) => `${text}\n`).join('')))
  for (const [name, { type, shape, bytes }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(encodeUtf8(`${name}\n${type}\n${shape}\n`)).update(bytes)
  }
  return bytesToHex(hash.digest())
}

/** Takes tensors of the right type and shape with finite numbers; of all others it notes what is wrong. */
export interface TensorReader {
  readonly complaints: readonly string[]
  bytes(name: string, type: RawTensor['type'], shape: readonly number[]): Uint8Array
  /** @param bounds what is plausible; more than finite is asked then */
  singles(name: string, shape: readonly number[], bounds?: readonly [number, number]): Float32Array
  halves(name: string, shape: readonly number[], bounds?: readonly [number, number]): Float32Array
}

export function createTensorReader(tensors: ReadonlyMap<string, RawTensor>): TensorReader {
  const complaints: string[] = []
  const bytes: TensorReader['bytes'] = (name, type, shape) => {
    const found = tensors.get(name)
    if (found && found.type === type && `${found.shape}` === `${shape}`) return found.bytes
    complaints.push(
      `${name}: expected ${type} [${shape}], found ${found ? `${found.type} [${found.shape}]` : 'nothing'}`,
    )
    return new Uint8Array(0)
  }
  const finite = (name: string, values: Float32Array) => {
    if (!values.every(Number.isFinite)) complaints.push(`${name}: a number is not finite`)
    return values
  }
  const within = (name: string, values: Float32Array, bounds: readonly [number, number] | undefined) => {
    if (bounds !== undefined && values.some((value) => value < bounds[0] || value > bounds[1]))
      complaints.push(`${name}: a number is not from ${bounds[0]} to ${bounds[1]}`)
    return finite(name, values)
  }
  return {
    complaints,
    bytes,
    singles: (name, shape, bounds) => within(name, readFloats(bytes(name, 'F32', shape)), bounds),
    // Copied, because a half must begin at an even place in memory.
    halves: (name, shape, bounds) =>
      within(name, fromFloat16(new Uint16Array(new Uint8Array(bytes(name, 'F16', shape)).buffer)), bounds),
  }
}
