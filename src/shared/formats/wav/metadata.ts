import type { Samples } from '../../units/time.ts'
import { decodeLatin, decodeUtf8, encodeUtf8 } from '../text.ts'

/** What an exported file says about itself. */
export interface WavMetadata {
  readonly title: string
  /** Names of the singers heard in it. */
  readonly singers: readonly string[]
  /** "AI converted: …"; null where nothing was converted. */
  readonly notice: string | null
  /** Name and version of the program. */
  readonly software: string
  /** `YYYY-MM-DDTHH:MM:SS…`, given by the caller. */
  readonly createdAt: string
  /** Where on the timeline the file begins, for programs that place by time stamp. */
  readonly timeReferenceSamples: Samples
}

/** The `bext` chunk (EBU Tech 3285, version 1) and a `LIST INFO` chunk, each with its head. */
export function encodeMetadata(metadata: WavMetadata): Uint8Array {
  return concat([chunk('bext', encodeBroadcast(metadata)), chunk('LIST', encodeInfo(metadata))])
}

/** The texts of a `LIST INFO` chunk's body, by their four-letter names. */
export function parseInfo(body: Uint8Array): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  if (decodeLatin(body.subarray(0, 4)) !== 'INFO') return texts
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  let position = 4
  while (position + 8 <= body.length) {
    const sizeBytes = view.getUint32(position + 4, true)
    const text = body.subarray(position + 8, position + 8 + sizeBytes)
    texts[decodeLatin(body.subarray(position, position + 4))] = decodeUtf8(text).replace(/\0+$/, '')
    position += 8 + sizeBytes + (sizeBytes % 2)
  }
  return texts
}

export function chunk(id: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + body.length + (body.length % 2))
  bytes.set(encodeUtf8(id))
  new DataView(bytes.buffer).setUint32(4, body.length, true)
  bytes.set(body, 8)
  return bytes
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}

function encodeBroadcast(metadata: WavMetadata): Uint8Array {
  const body = new Uint8Array(602)
  const description = [metadata.title, metadata.singers.join(', '), metadata.notice ?? ''].filter(Boolean).join(' · ')
  setText(body, 0, 256, description)
  setText(body, 256, 32, metadata.software)
  setText(body, 320, 10, metadata.createdAt.slice(0, 10))
  setText(body, 330, 8, metadata.createdAt.slice(11, 19))
  const view = new DataView(body.buffer)
  view.setBigUint64(338, BigInt(Math.max(0, metadata.timeReferenceSamples)), true)
  view.setUint16(346, 1, true)
  return body
}

function encodeInfo(metadata: WavMetadata): Uint8Array {
  const texts: readonly (readonly [string, string])[] = [
    ['INAM', metadata.title],
    ['IART', metadata.singers.join(', ')],
    ['ICMT', metadata.notice ?? ''],
    ['ISFT', metadata.software],
    ['ICRD', metadata.createdAt.slice(0, 10)],
  ]
  const written = texts.filter(([, text]) => text !== '').map(([id, text]) => chunk(id, encodeUtf8(`${text}\0`)))
  return concat([encodeUtf8('INFO'), ...written])
}

/** UTF-8, cut at a whole character, the rest zero. */
function setText(body: Uint8Array, startBytes: number, limitBytes: number, text: string): void {
  let used = startBytes
  for (const character of text) {
    const bytes = encodeUtf8(character)
    if (used + bytes.length > startBytes + limitBytes) return
    body.set(bytes, used)
    used += bytes.length
  }
}
