import type { Result } from '../../base/result.ts'
import { failed, ok } from '../../base/result.ts'
import { failure } from '../../base/errors.ts'
import { decodeLatin } from '../text.ts'
import type { ReadBytes } from '../wav/parse-header.ts'
import type { CodedInfo } from './coded-info.ts'

/** An MP4 whose boxes may be fed to a decoder in one pass: the index first, then what it points into. */
export interface Mp4Layout {
  readonly info: CodedInfo
  /** Fed first: the index, its offsets already moved to where the following parts will stand. */
  readonly head: Uint8Array
  /** Spans of the file that follow, in order. */
  readonly parts: readonly { readonly startBytes: number; readonly sizeBytes: number }[]
  /** Whether the file ends before its last box does. */
  readonly isComplete: boolean
}

interface Box {
  readonly type: string
  readonly startBytes: number
  readonly sizeBytes: number
}

/** An index beyond this is no audio file's: an hour of AAC needs about 2 MB. */
const indexLimitBytes = 64 * 2 ** 20
const containerTypes: readonly string[] = ['moov', 'trak', 'mdia', 'minf', 'stbl']

/**
 * Reads the boxes of an M4A or MP4 file. Most programs write the index (`moov`) last; here it comes first with its
 * chunk offsets moved by its own size, so that an hour of audio is decoded piece by piece.
 */
export function parseMp4(readBytes: ReadBytes, fileBytes: number): Result<Mp4Layout> {
  const boxes = topLevelBoxes(readBytes, fileBytes)
  const index = boxes.find((box) => box.type === 'moov')
  const last = boxes.at(-1)
  if (index === undefined || last === undefined || index.startBytes + index.sizeBytes > fileBytes) {
    return failed(
      failure('audio-unreadable', 'This M4A file has no index (“moov”): the recording or download ended before it was written.'), // prettier-ignore
    )
  }
  if (index.sizeBytes > indexLimitBytes) {
    return failed(failure('audio-unreadable', 'The index of this M4A file is far too large for audio.'))
  }
  const moov = readBytes(index.startBytes, index.sizeBytes).slice()
  const info = parseAudioEntry(moov)
  if (info === null) return failed(failure('audio-unreadable', 'This MP4 file holds no audio track that can be read.'))
  const others = boxes.filter((box) => box !== index)
  const isFirstData = boxes.findIndex((box) => box.type === 'mdat') > boxes.indexOf(index)
  if (!isFirstData) moveOffsets(moov, (offset) => (offset < index.startBytes ? offset + moov.length : offset))
  const before = isFirstData ? boxes.slice(0, boxes.indexOf(index)) : []
  return ok({
    info,
    head: before.reduceRight<Uint8Array>((head, box) => join(readBytes(box.startBytes, box.sizeBytes), head), moov),
    parts: others.filter((box) => !before.includes(box)),
    isComplete: last.startBytes + last.sizeBytes <= fileBytes,
  })
}

function topLevelBoxes(readBytes: ReadBytes, fileBytes: number): Box[] {
  const boxes: Box[] = []
  let position = 0
  while (position + 8 <= fileBytes && boxes.length < 10_000) {
    const head = readBytes(position, 16)
    const view = viewOf(head)
    const shortSize = view.getUint32(0)
    const sizeBytes =
      shortSize === 0 ? fileBytes - position : shortSize === 1 && head.length === 16 ? Number(view.getBigUint64(8)) : shortSize // prettier-ignore
    if (sizeBytes < 8) break
    boxes.push({ type: decodeLatin(head.subarray(4, 8)), startBytes: position, sizeBytes })
    position += sizeBytes
  }
  return boxes
}

/** Channels and rate of the first audio entry of a sample description. */
function parseAudioEntry(moov: Uint8Array): CodedInfo | null {
  let isSound = false
  let info: CodedInfo | null = null
  walk(moov, 8, moov.length, (type, start, end) => {
    if (type === 'hdlr') isSound = decodeLatin(moov.subarray(start + 8, start + 12)) === 'soun'
    if (type !== 'stsd' || !isSound || info !== null || start + 44 > end) return
    const view = viewOf(moov)
    info = {
      channelCount: aacChannelCount(moov.subarray(start, end)) ?? view.getUint16(start + 32),
      rateHz: view.getUint16(start + 40),
      promisedSamples: null,
      integerBits: null,
      isLengthExact: true,
    }
  })
  return info
}

/**
 * Channels by the AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1): many programs write 2 into the entry for any AAC.
 * Null where the entry is not AAC or leaves its channels to the stream.
 */
function aacChannelCount(entry: Uint8Array): number | null {
  const box = findText(entry, 'esds')
  if (box === null) return null
  let position = box + 8 // name, version and flags
  while (position + 2 < entry.length) {
    const tag = entry[position++]
    let sizeBytes = 0
    let byte: number
    do {
      byte = entry[position++]
      sizeBytes = (sizeBytes << 7) | (byte & 127)
    } while (byte >= 128)
    if (tag === 5) return channelsOfConfig(entry.subarray(position, position + sizeBytes))
    // Descriptors 3 and 4 hold others after 3 and 13 bytes of their own.
    position += tag === 3 ? 3 : tag === 4 ? 13 : sizeBytes
  }
  return null
}

/** Five bits of object type, four of rate (15: 24 more), four of channels. */
function channelsOfConfig(config: Uint8Array): number | null {
  if (config.length < 2 || ((config[0] & 7) << 1) + (config[1] >> 7) === 15) return null
  const channels = (config[1] >> 3) & 15
  return channels === 0 ? null : channels === 7 ? 8 : channels
}

function findText(bytes: Uint8Array, text: string): number | null {
  for (let at = 0; at + 4 <= bytes.length; at++) if (decodeLatin(bytes.subarray(at, at + 4)) === text) return at
  return null
}

/** Rewrites every chunk offset (`stco`, `co64`) of an index in place. */
function moveOffsets(moov: Uint8Array, move: (offset: number) => number): void {
  const view = viewOf(moov)
  walk(moov, 8, moov.length, (type, start, end) => {
    if (type !== 'stco' && type !== 'co64') return
    const size = type === 'stco' ? 4 : 8
    const count = Math.min(view.getUint32(start + 4), Math.floor((end - start - 8) / size))
    for (let index = 0; index < count; index++) {
      const at = start + 8 + index * size
      if (size === 4) view.setUint32(at, move(view.getUint32(at)))
      else view.setBigUint64(at, BigInt(move(Number(view.getBigUint64(at)))))
    }
  })
}

function walk(
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (type: string, start: number, end: number) => void,
): void {
  const view = viewOf(bytes)
  let position = from
  while (position + 8 <= to) {
    const sizeBytes = view.getUint32(position)
    if (sizeBytes < 8 || position + sizeBytes > to) return
    const type = decodeLatin(bytes.subarray(position + 4, position + 8))
    if (containerTypes.includes(type)) walk(bytes, position + 8, position + sizeBytes, visit)
    else visit(type, position + 8, position + sizeBytes)
    position += sizeBytes
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
