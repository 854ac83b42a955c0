import { failure } from '../../base/errors.ts'
import type { Result } from '../../base/result.ts'
import { failed, ok } from '../../base/result.ts'
import { readAlacConfiguration } from '../../codecs/alac/configuration.ts'
import type { AlacConfiguration } from '../../codecs/alac/configuration.ts'
import { readAudioSpecificConfig } from '../../codecs/aac/configuration.ts'
import type { AacConfiguration } from '../../codecs/aac/configuration.ts'
import { decodeLatin } from '../text.ts'
import type { ReadBytes } from '../wav/parse-header.ts'
import type { CodedInfo } from './coded-info.ts'
import { boxTree, readBoxes, type BoxTree } from './mp4-boxes.ts'
import { soundSpan, type SoundSpan } from './mp4-edit.ts'
import { frameSpans, type FrameSpan } from './mp4-frames.ts'

/** How a track is coded. */
export type Mp4Codec =
  | { readonly kind: 'aac'; readonly configuration: AacConfiguration }
  | { readonly kind: 'alac'; readonly configuration: AlacConfiguration }

/** The audio track of an MP4 file. */
export interface Mp4Track {
  readonly info: CodedInfo
  readonly codec: Mp4Codec
  /** Its frames, in order; those that are not in the file any more are left out. */
  readonly frames: () => Generator<FrameSpan>
  /** What of the decoded samples is the sound; null where the file does not say. */
  readonly sound: SoundSpan | null
  /** Whether the file ends before its last box does. */
  readonly isComplete: boolean
}

/** An index beyond this is no audio file's: an hour of AAC needs about 2 MB. */
const LARGEST_INDEX_BYTES = 64 * 2 ** 20

/** Reads the index (`moov`) of an M4A or MP4 file, wherever it stands, and finds the first audio track that can be decoded. */
export function parseMp4(readBytes: ReadBytes, fileBytes: number): Result<Mp4Track> {
  const boxes = readBoxes(readBytes, 0, fileBytes)
  const index = boxes.find((box) => box.type === 'moov')
  const isComplete = (boxes.at(-1)?.endBytes ?? 0) <= fileBytes
  if (index === undefined || index.endBytes > fileBytes) {
    return unreadable('This M4A file has no index (“moov”): the recording or download ended before it was written.')
  }
  if (index.endBytes - index.startBytes > LARGEST_INDEX_BYTES) {
    return unreadable('The index of this M4A file is far too large for audio.')
  }
  const movie = boxTree(readBytes(index.startBytes, index.endBytes - index.startBytes).slice())
  const track = movie.children('trak').find(isSound)
  const table = track?.child('mdia')?.child('minf')?.child('stbl') ?? null
  const frames = table && frameSpans(table, fileBytes)
  const entry = table && soundEntry(table)
  if (track === undefined || frames === null || entry === null) {
    return unreadable('This MP4 file holds no audio track that can be read.')
  }
  const codec = readCodec(entry)
  if (typeof codec === 'string') {
    return failed(failure('audio-unreadable', `This M4A file can’t be read: ${codec}.`, 'Export it as WAV, FLAC, AAC-LC or Apple Lossless from the program that made it.')) // prettier-ignore
  }
  const { rateHz } = codec.configuration
  const sound = soundSpan(movie, track, rateHz)
  const info: CodedInfo = {
    rateHz,
    channelCount: codec.configuration.channelCount,
    promisedSamples: sound?.durationSamples ?? null,
    integerBits: null,
    isLengthExact: sound !== null || codec.kind === 'alac',
  }
  return ok({ info, codec, frames, sound, isComplete })
}

const isSound = (track: BoxTree): boolean => {
  const handler = track.child('mdia')?.child('hdlr')?.bytes
  return handler !== undefined && decodeLatin(handler.subarray(8, 12)) === 'soun'
}

interface SoundEntry {
  readonly type: string
  /** The boxes after the entry's own numbers. */
  readonly boxes: BoxTree
}

/** The first entry of the sample description (`stsd`), in any of QuickTime's versions. */
function soundEntry(table: BoxTree): SoundEntry | null {
  const description = table.child('stsd')?.bytes.subarray(8)
  if (description === undefined || description.length < 36) return null
  const view = new DataView(description.buffer, description.byteOffset, description.byteLength)
  const numbersBytes = [36, 52, 72][view.getUint16(16)] ?? 36
  return {
    type: decodeLatin(description.subarray(4, 8)),
    boxes: boxTree(description.subarray(numbersBytes, view.getUint32(0))),
  }
}

/** How it is coded, or in words why it can't be read. */
function readCodec({ type, boxes }: SoundEntry): Mp4Codec | string {
  if (type === 'alac') {
    // Behind version and flags.
    const configuration = readAlacConfiguration(findBox(boxes, 'alac')?.bytes.subarray(4) ?? new Uint8Array(0))
    return configuration === null ? 'the head of its Apple Lossless sound is damaged' : { kind: 'alac', configuration }
  }
  if (type !== 'mp4a') return `its sound is coded as “${type}”`
  const config = decoderConfig(findBox(boxes, 'esds')?.bytes ?? new Uint8Array(0))
  if (config === null) return 'the head of its AAC sound is damaged'
  const head = readAudioSpecificConfig(config)
  return head.kind === 'other' ? head.reason : { kind: 'aac', configuration: head.configuration }
}

/** QuickTime files wrap it once more. */
const findBox = (boxes: BoxTree, type: string): BoxTree | null => boxes.child(type) ?? boxes.child('wave')?.child(type) ?? null // prettier-ignore

/** The DecoderSpecificInfo of an elementary stream's descriptors (ISO/IEC 14496-1, 7.2.6). */
function decoderConfig(descriptors: Uint8Array): Uint8Array | null {
  let position = 4 // version and flags
  while (position + 2 <= descriptors.length) {
    const tag = descriptors[position++]
    let sizeBytes = 0
    let byte = 128
    for (let count = 0; count < 4 && byte >= 128; count++) {
      byte = descriptors[position++] ?? 0
      sizeBytes = sizeBytes * 128 + (byte & 127)
    }
    if (tag === 5) return descriptors.subarray(position, position + sizeBytes)
    // Descriptors 3 and 4 hold others after 3 and 13 bytes of their own.
    position += tag === 3 ? 3 : tag === 4 ? 13 : sizeBytes
  }
  return null
}

const unreadable = (message: string): Result<never> => failed(failure('audio-unreadable', message))
