import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { AudioKind } from '../../../shared/formats/import/audio-kind.ts'
import { audioKindNames, id3Bytes, sniffAudioKind } from '../../../shared/formats/import/audio-kind.ts'
import { parseFlacInfo } from '../../../shared/formats/import/flac.ts'
import { parseAdtsHead } from '../../../shared/formats/import/adts.ts'
import { parseMp3Info } from '../../../shared/formats/import/mpeg.ts'
import { parseMp4 } from '../../../shared/formats/import/mp4.ts'
import { oggPageLimitBytes, parseOgg } from '../../../shared/formats/import/ogg.ts'
import { adtsFrames } from './adts-frames.ts'
import type { AudioStream } from './audio-stream.ts'
import type { ByteFile } from './byte-file.ts'
import { openByteFile } from './byte-file.ts'
import type { CodedFile } from './coded-stream.ts'
import { openCodedStream } from './coded-stream.ts'
import { flacPieces } from './flac-pieces.ts'
import { openFrameDecoder } from './frame-decoders.ts'
import { libraryDecoders } from './library-decoders.ts'
import { openAiffStream, openWavStream } from './pcm-stream.ts'

/** Programs pad between a tag and the first MPEG frame; beyond this it is no MP3. */
const frameSearchBytes = 65_536
/** Bytes fed at once: well under a second of audio, so that decoding them holds nobody up. */
const feedBytes = 4096

/**
 * Opens an audio file by what its bytes are. Throws FailureError: file-missing, file-unreadable, audio-empty,
 * audio-unreadable.
 */
export async function openAudioStream(path: string): Promise<AudioStream> {
  const file = openByteFile(path)
  try {
    if (file.sizeBytes === 0) throw new FailureError(failure('audio-empty', 'This file is empty: it has 0 bytes.'))
    const { kind, start } = findAudio(file)
    if (kind === 'wav') return openWavStream(file)
    if (kind === 'aiff') return openAiffStream(file)
    return await openCodedStream(describeCoded(file, kind, start))
  } catch (error) {
    file.close()
    throw error
  }
}

function describeCoded(file: ByteFile, kind: CodedFile['kind'], start: number): CodedFile {
  if (kind === 'mp4') return describeMp4(file)
  if (kind === 'aac') return describeAdts(file, start)
  const head = file.read(start, 4096)
  const common = {
    kind,
    isTruncated: false,
    pieces: () => pieces(file, start, file.sizeBytes),
    openDecoder: libraryDecoders[kind],
    totalBytes: file.sizeBytes - start,
    close: file.close,
  }
  switch (kind) {
    case 'flac':
      return { ...common, info: parseFlacInfo(head) ?? broken(kind), pieces: () => flacPieces(file, start, feedBytes) }
    case 'mp3': {
      const info = parseMp3Info(head) ?? broken(kind)
      // The tag counts from the first frame; tags after the audio make the file longer, never shorter.
      const isTruncated = info.promisedBytes !== null && start + info.promisedBytes > file.sizeBytes
      return { ...common, info, isTruncated }
    }
    default: {
      const tail = file.read(Math.max(0, file.sizeBytes - oggPageLimitBytes), oggPageLimitBytes)
      const { info, isComplete } = parseOgg(kind, head, tail) ?? broken(kind)
      return { ...common, info, isTruncated: !isComplete }
    }
  }
}

function describeMp4(file: ByteFile): CodedFile {
  const parsed = parseMp4(file.read, file.sizeBytes)
  if (!parsed.ok) throw new FailureError(parsed.failure)
  const { info, codec, frames, sound, isComplete } = parsed.value
  return {
    kind: 'mp4',
    info,
    isTruncated: !isComplete,
    *pieces() {
      for (const { startBytes, sizeBytes } of frames()) yield file.read(startBytes, sizeBytes)
    },
    openDecoder: () => Promise.resolve(openFrameDecoder(codec, sound)),
    totalBytes: Array.from(frames(), ({ sizeBytes }) => sizeBytes).reduce((total, sizeBytes) => total + sizeBytes, 0),
    close: file.close,
  }
}

function describeAdts(file: ByteFile, start: number): CodedFile {
  const head = parseAdtsHead(file.read(start, 16)) ?? broken('aac')
  const { rateHz, channelCount } = head
  if (!head.isLowComplexity || head.blockCount > 1) throw otherAac()
  return {
    kind: 'aac',
    info: { rateHz, channelCount, promisedSamples: null, integerBits: null, isLengthExact: false },
    isTruncated: false,
    pieces: () => adtsFrames(file, start),
    openDecoder: () =>
      Promise.resolve(openFrameDecoder({ kind: 'aac', configuration: { rateHz, channelCount } }, null)),
    totalBytes: file.sizeBytes - start,
    close: file.close,
  }
}

function* pieces(file: ByteFile, startBytes: number, endBytes: number): Generator<Uint8Array> {
  const end = Math.min(endBytes, file.sizeBytes)
  for (let start = startBytes; start < end; start += feedBytes) yield file.read(start, Math.min(feedBytes, end - start))
}

/** What the file is and where its audio begins: after an ID3 tag, and after padding or the rest of a cut MPEG frame. */
function findAudio(file: ByteFile): { kind: AudioKind; start: number } {
  const tagBytes = id3Bytes(file.read(0, 10))
  const kind = sniffAudioKind(file.read(tagBytes, 64))
  if (kind !== null) return { kind, start: tagBytes }
  const found = findFrame(file.read(tagBytes, frameSearchBytes))
  if (found === null) throw unknownKind(file)
  return { kind: 'mp3', start: tagBytes + found }
}

/** A frame header counts only when the next frame begins where it says. */
function findFrame(bytes: Uint8Array): number | null {
  for (let at = 0; at + 4 < bytes.length; at++) {
    if (sniffAudioKind(bytes.subarray(at, at + 8)) !== 'mp3') continue
    const next = at + mp3FrameBytes(bytes.subarray(at, at + 4))
    if (next > at && next + 2 < bytes.length && bytes[next] === 0xff && bytes[next + 1] === bytes[at + 1]) return at
  }
  return null
}

const kbitPerSec: readonly (readonly number[])[] = [
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], // MPEG 1
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], // MPEG 2 and 2.5
]

function mp3FrameBytes(head: Uint8Array): number {
  const info = parseMp3Info(head)
  const isFirst = ((head[1] >> 3) & 3) === 3
  const kbit = kbitPerSec[isFirst ? 0 : 1][(head[2] >> 4) - 1]
  if (info === null || kbit === undefined) return 0
  return Math.floor(((isFirst ? 144_000 : 72_000) * kbit) / info.rateHz) + ((head[2] >> 1) & 1)
}

function unknownKind(file: ByteFile): FailureError {
  return new FailureError(
    failure(
      'audio-unreadable',
      `This is not an audio file that can be read. It begins with ${describeBytes(file.read(0, 8))}.`,
      `Bring in ${Object.values(audioKindNames).join(', ')}, or convert the file to one of these.`,
    ),
  )
}

function otherAac(): FailureError {
  return new FailureError(
    failure(
      'audio-unreadable',
      'This AAC file can’t be read: it is not AAC-LC with one block in each frame.',
      'Export it as WAV, FLAC, AAC-LC or Apple Lossless from the program that made it.',
    ),
  )
}

function broken(kind: AudioKind): never {
  throw new FailureError(
    failure('audio-unreadable', `This ${audioKindNames[kind]} file cannot be read: its first header is damaged.`),
  )
}

const describeBytes = (bytes: Uint8Array): string => {
  const text = String.fromCharCode(...bytes)
  return /^[\x20-\x7e]+$/.test(text) ? `“${text}”` : `the bytes ${Buffer.from(bytes).toString('hex')}`
}
