import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { extremeNumber, mutate, pick } from '../engine/mutate.ts'
import { varyParts } from './parts.ts'

interface Chunk {
  /** Four letters. */
  readonly id: Uint8Array
  readonly body: Uint8Array
}

const HEAD_BYTES = 12
const noMaterial = { others: [new Uint8Array(4)], words: [] }

/** A change to a RIFF file (`isLittle`) or an AIFF file: whole chunks with sizes that are true, mostly. */
export function varyChunks(file: Uint8Array, random: Random, isLittle: boolean): Uint8Array | null {
  if (file.length < HEAD_BYTES + 8) return null
  const chunks = varyParts(
    chunksOf(file, isLittle),
    random,
    (chunk) => ({ ...chunk, body: mutate(chunk.body, random, noMaterial) }),
    ({ body }) => body.length,
  )
  const lie = random.integer(4) === 0 ? random.integer(Math.max(1, chunks.length)) : -1
  const written = chunks.map(({ id, body }, index) => {
    const size = index === lie ? extremeNumber(random) : body.length
    return concatenated([id, uint32(size, isLittle), body, new Uint8Array(body.length % 2)], Uint8Array)
  })
  const bytes = concatenated([file.subarray(0, HEAD_BYTES), ...written], Uint8Array)
  bytes.set(uint32(pick(random, [bytes.length - 8, bytes.length - 8, 0xffffffff]), isLittle), 4)
  return bytes
}

function chunksOf(file: Uint8Array, isLittle: boolean): Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const chunks: Chunk[] = []
  for (let at = HEAD_BYTES; at + 8 <= file.length && chunks.length < 2000;) {
    const size = Math.min(view.getUint32(at + 4, isLittle), file.length - at - 8)
    chunks.push({ id: file.slice(at, at + 4), body: file.slice(at + 8, at + 8 + size) })
    at += 8 + size + (size % 2)
  }
  return chunks
}

function uint32(value: number, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, isLittle)
  return bytes
}
