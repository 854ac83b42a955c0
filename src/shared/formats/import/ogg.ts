import type { AudioKind } from './audio-kind.ts'
import type { CodedInfo } from './coded-info.ts'
import { parseFlacInfo } from './flac.ts'

/** Where the first packet of an Ogg file begins: its page holds exactly one, of one segment. */
const firstPacketStart = 28
/** A page is at most this long, so that the last one begins within as many bytes of the end. */
export const oggPageLimitBytes = 65_307

/**
 * What an Ogg file says in its first page and in its last. A file whose last page does not carry the end mark was
 * cut off (or not yet finished), which `isComplete` tells.
 */
export function parseOgg(
  kind: AudioKind,
  head: Uint8Array,
  tail: Uint8Array,
): { readonly info: CodedInfo; readonly isComplete: boolean } | null {
  const stream = parseFirstPacket(kind, head.subarray(firstPacketStart))
  if (stream === null) return null
  const last = parseLastPage(tail)
  const total = last === null || !last.isEnd ? null : Math.max(0, last.position - stream.skippedSamples)
  return {
    info: { ...stream.info, promisedSamples: stream.info.promisedSamples ?? total },
    isComplete: last !== null && last.isEnd,
  }
}

function parseFirstPacket(kind: AudioKind, packet: Uint8Array): { info: CodedInfo; skippedSamples: number } | null {
  if (packet.length < 19) return null
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  const common = { promisedSamples: null, integerBits: null, isLengthExact: true }
  if (kind === 'ogg-vorbis') {
    return { info: { ...common, channelCount: packet[11], rateHz: view.getUint32(12, true) }, skippedSamples: 0 }
  }
  if (kind === 'ogg-opus') {
    // Opus always decodes at 48 kHz, whatever it was made from.
    return { info: { ...common, channelCount: packet[9], rateHz: 48_000 }, skippedSamples: view.getUint16(10, true) }
  }
  const info = parseFlacInfo(packet.subarray(9))
  return info === null ? null : { info, skippedSamples: 0 }
}

/** The granule position of the last page that begins in these bytes, and whether it ends the stream. */
function parseLastPage(tail: Uint8Array): { position: number; isEnd: boolean } | null {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let start = tail.length - 27; start >= 0; start--) {
    if (view.getUint32(start) !== 0x4f676753) continue // "OggS"
    const isWhole = start + pageBytes(tail, start) <= tail.length
    return { position: Number(view.getBigInt64(start + 6, true)), isEnd: isWhole && (tail[start + 5] & 4) !== 0 }
  }
  return null
}

function pageBytes(bytes: Uint8Array, start: number): number {
  const segmentCount = bytes[start + 26]
  let total = 27 + segmentCount
  for (let index = 0; index < segmentCount; index++) total += bytes[start + 27 + index] ?? Infinity
  return total
}
