import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { mutate } from '../engine/mutate.ts'
import { varyParts } from './parts.ts'

const HEAD_BYTES = 27
const CRC_AT = 22
const noMaterial = { others: [new Uint8Array(4)], words: [] }

/** A change to the pages of an Ogg stream, whose checksums hold again afterwards, mostly. */
export function varyPages(file: Uint8Array, random: Random): Uint8Array | null {
  const pages = pagesOf(file)
  if (pages.length === 0) return null
  const isHonest = random.integer(8) > 0
  const varied = varyParts(
    pages,
    random,
    (page) => mutate(page, random, noMaterial),
    (page) => page.length,
  )
  return concatenated(isHonest ? varied.map(withChecksum) : varied, Uint8Array)
}

function pagesOf(file: Uint8Array): Uint8Array[] {
  const starts: number[] = []
  for (let at = 0; at + HEAD_BYTES <= file.length; at++)
    if (file[at] === 0x4f && file[at + 1] === 0x67 && file[at + 2] === 0x67 && file[at + 3] === 0x53) starts.push(at)
  return starts.map((start, index) => file.slice(start, starts[index + 1] ?? file.length))
}

/** Ogg's CRC (RFC 3533): polynomial 0x04c11db7, nothing reflected, over the page with zeros in its place. */
function withChecksum(page: Uint8Array): Uint8Array {
  if (page.length < HEAD_BYTES) return page
  const bytes = page.slice()
  bytes.fill(0, CRC_AT, CRC_AT + 4)
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) ^ crcTable[((crc >>> 24) ^ byte) & 255]) >>> 0
  new DataView(bytes.buffer).setUint32(CRC_AT, crc, true)
  return bytes
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0)
  return crc >>> 0
})
