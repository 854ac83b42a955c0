import type { Random } from '../../../src/shared/base/random.ts'
import { digestOf } from '../../../src/shared/formats/model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from '../../../src/shared/formats/safetensors.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { concatenated } from '../../../src/shared/base/concatenated.ts'
import { extremeNumber, mutate, pick } from '../engine/mutate.ts'
import { strangeJson, varyJson } from './json-value.ts'
import { varyParts } from './parts.ts'

const LENGTH_BYTES = 8
const noMaterial = { others: [new Uint8Array(4)], words: [] }

/**
 * A change to a safetensors file as a forger makes it: to its numbers, shapes, names or texts, with places and (for
 * `digested` texts) the digest right again; or to the JSON of its header.
 */
export const varySafetensors =
  (digested: readonly string[]) =>
  (file: Uint8Array, random: Random): Uint8Array | null => {
    if (random.integer(4) === 0)
      return withHeader(file, (text) => (random.integer(3) === 0 ? strangeJson(text, random) : varyJson(text, random)))
    const read = readSafetensors(file)
    if (!read.ok) return null
    const metadata = { ...read.value.metadata }
    let tensors = [...read.value.tensors]
    const texts = Object.keys(metadata)
    if (texts.length > 0 && random.integer(2) === 0) {
      const name = pick(random, texts)
      metadata[name] = varyText(metadata[name], random)
    } else
      tensors = [
        ...varyParts(tensors, random, ([name, tensor]): [string, RawTensor] => [name, varyTensor(tensor, random)]),
      ]
    const byName = new Map(tensors)
    if (digested.length > 0 && random.integer(10) > 0)
      metadata['digest'] = digestOf(
        byName,
        digested.map((name) => metadata[name] ?? ''),
      )
    return writeSafetensors({ tensors: byName, metadata })
  }

const varyText = (text: string, random: Random): string =>
  (random.integer(8) === 0 ? strangeJson(text, random) : varyJson(text, random)) ??
  decodeUtf8(mutate(encodeUtf8(text), random, noMaterial))

function varyTensor({ type, shape, bytes }: RawTensor, random: Random): RawTensor {
  switch (random.integer(5)) {
    case 0:
      return { type: pick(random, ['F32', 'F16', 'U8', 'I32']), shape, bytes }
    case 1:
      return { type, shape: varyParts(shape, random, () => extremeNumber(random)), bytes }
    case 2:
      return { type, shape: [...shape, 1], bytes }
    default: {
      const changed = bytes.slice()
      const view = new DataView(changed.buffer)
      const width = type === 'F16' ? 2 : 4
      if (changed.length < width) return { type, shape, bytes }
      const at = width * random.integer(Math.floor(changed.length / width))
      if (width === 4) view.setFloat32(at, pick(random, [NaN, Infinity, -Infinity, 3e38, -1, 0, 1e-40, 1e6, 200]), true)
      else view.setUint16(at, pick(random, [0x7c00, 0xfc00, 0x7e00, 0x7bff, 0, 0x8000, 1]), true)
      return { type, shape, bytes: changed }
    }
  }
}

function withHeader(file: Uint8Array, change: (text: string) => string | null): Uint8Array | null {
  if (file.length < LENGTH_BYTES) return null
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerBytes = Number(view.getBigUint64(0, true))
  if (headerBytes > file.length - LENGTH_BYTES) return null
  const text = change(decodeUtf8(file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerBytes)))
  if (text === null) return null
  const header = encodeUtf8(text)
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true)
  return concatenated([length, header, file.subarray(LENGTH_BYTES + headerBytes)], Uint8Array)
}
