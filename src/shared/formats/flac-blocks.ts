import { concatenated } from '../base/concatenated.ts'
import { hexToBytes } from '@noble/hashes/utils.js'
import { encodeUtf8 } from './text.ts'
import type { SoundMetadata } from './sound-metadata.ts'

/** Heads and bodies of FLAC's metadata blocks (RFC 9639, section 8). */
const COMMENT_BLOCK = 4
const LAST_BLOCK = 0x80

/** Where the STREAMINFO block's body lies: behind `fLaC` and its head of four bytes. */
export const STREAM_INFO_AT_BYTES = 8

/** What is known of a stream once it is whole. */
export interface StreamInfo {
  readonly shortestBlockSamples: number
  readonly longestBlockSamples: number
  readonly smallestFrameBytes: number
  readonly largestFrameBytes: number
  readonly rateHz: number
  readonly channelCount: number
  readonly bitsPerSample: number
  readonly durationSamples: number
  /** Of the samples, 32 hexadecimal digits. */
  readonly md5: string
}

/** The 34 bytes of a STREAMINFO block's body (8.2). */
export function encodeStreamInfo(info: StreamInfo): Uint8Array {
  const body = new Uint8Array(34)
  const view = new DataView(body.buffer)
  view.setUint16(0, info.shortestBlockSamples)
  view.setUint16(2, info.longestBlockSamples)
  setUint24(view, 4, info.smallestFrameBytes)
  setUint24(view, 7, info.largestFrameBytes)
  const high = Math.floor(info.durationSamples / 2 ** 32)
  const shape = (info.rateHz * 2 ** 12) | ((info.channelCount - 1) << 9) | ((info.bitsPerSample - 1) << 4) | high
  view.setUint32(10, shape >>> 0)
  view.setUint32(14, info.durationSamples >>> 0)
  body.set(hexToBytes(info.md5), 18)
  return body
}

/** A VORBIS_COMMENT block with its head (8.6), marked as the last before the sound. */
export function encodeCommentBlock(software: string, fields: readonly (readonly [string, string])[]): Uint8Array {
  const comments = fields.filter(([, text]) => text !== '').map(([name, text]) => encodeUtf8(`${name}=${text}`))
  const body = concatenated(
    [
      withLength(encodeUtf8(software)),
      littleEndian(comments.length),
      ...comments.map((comment) => withLength(comment)),
    ],
    Uint8Array,
  )
  const head = new Uint8Array(4)
  new DataView(head.buffer).setUint32(0, body.length)
  head[0] = LAST_BLOCK | COMMENT_BLOCK
  return concatenated([head, body], Uint8Array)
}

/** The same facts as a WAV's, under the names that players know. */
export const commentFields = (metadata: SoundMetadata): readonly (readonly [string, string])[] => [
  ['TITLE', metadata.title],
  ...metadata.singers.map((singer) => ['ARTIST', singer] as const),
  ['DESCRIPTION', [metadata.notice ?? '', metadata.engine ?? ''].filter(Boolean).join(' · ')],
  ['DATE', metadata.createdAt.slice(0, 10)],
  ['ENCODER', metadata.software],
]

function setUint24(view: DataView, at: number, value: number): void {
  view.setUint8(at, value >>> 16)
  view.setUint16(at + 1, value & 0xffff)
}

const withLength = (bytes: Uint8Array): Uint8Array => concatenated([littleEndian(bytes.length), bytes], Uint8Array)

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
