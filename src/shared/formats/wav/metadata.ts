import { concatenated } from '../../base/concatenated.ts'
import type { SoundMetadata } from '../sound-metadata.ts'
import { encodeIxml } from './ixml.ts'
import { decodeLatin, decodeUtf8, encodeUtf8 } from '../text.ts'

/** The fixed part of `bext`; the coding history follows it. */
const BROADCAST_BYTES = 602

/** What the coding history says of the samples. */
export interface CodingFacts {
  readonly rateHz: number
  readonly channelCount: number
  readonly bits: number
}

/** `bext` (EBU Tech 3285, version 1), `LIST INFO` and `iXML`, each with its head: no reader knows all three. */
export function encodeMetadata(metadata: SoundMetadata, coding: CodingFacts): Uint8Array {
  return concatenated(
    [
      chunk('bext', encodeBroadcast(metadata, coding)),
      chunk('LIST', encodeInfo(metadata)),
      chunk('iXML', encodeIxml(metadata)),
    ],
    Uint8Array,
  )
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

function encodeBroadcast(metadata: SoundMetadata, coding: CodingFacts): Uint8Array {
  const history = encodeUtf8(codingHistory(metadata, coding))
  const body = new Uint8Array(BROADCAST_BYTES + history.length)
  const description = [metadata.title, metadata.singers.join(', '), metadata.notice ?? ''].filter(Boolean).join(' · ')
  setText(body, 0, 256, description)
  setText(body, 256, 32, metadata.software)
  setText(body, 320, 10, metadata.createdAt.slice(0, 10))
  setText(body, 330, 8, metadata.createdAt.slice(11, 19))
  const view = new DataView(body.buffer)
  view.setBigUint64(338, BigInt(Math.max(0, metadata.timeReferenceSamples)), true)
  view.setUint16(346, 1, true)
  body.set(history, BROADCAST_BYTES)
  return body
}

/** One line per generation (EBU R 98): what was recorded or made elsewhere is not known, the conversion is. */
function codingHistory(
  { singers, engine, software }: SoundMetadata,
  { rateHz, channelCount, bits }: CodingFacts,
): string {
  const made = engine === null ? [software] : [`AI converted to ${singers.join(' and ')}`, engine, software]
  // Commas part the fields of a line.
  const text = made
    .join('; ')
    .replaceAll(',', ' ')
    .replaceAll(/[\r\n]/g, ' ')
  return `A=PCM,F=${rateHz},W=${bits},M=${channelCount === 1 ? 'mono' : 'stereo'},T=${text}\r\n`
}

function encodeInfo(metadata: SoundMetadata): Uint8Array {
  const texts: readonly (readonly [string, string])[] = [
    ['INAM', metadata.title],
    ['IART', metadata.singers.join(', ')],
    ['ICMT', [metadata.notice ?? '', metadata.engine ?? ''].filter(Boolean).join(' · ')],
    ['ISFT', metadata.software],
    ['ICRD', metadata.createdAt.slice(0, 10)],
  ]
  const written = texts.filter(([, text]) => text !== '').map(([id, text]) => chunk(id, encodeUtf8(`${text}\0`)))
  return concatenated([encodeUtf8('INFO'), ...written], Uint8Array)
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
