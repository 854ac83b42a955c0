import type { AudioData, StreamDecoder } from 'audio-decode'
import decode from 'audio-decode'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { AudioKind } from '../../../shared/formats/import/audio-kind.ts'
import { audioKindNames } from '../../../shared/formats/import/audio-kind.ts'
import type { CodedInfo } from '../../../shared/formats/import/coded-info.ts'
import type { AudioStream } from './audio-stream.ts'

/** What a compressed file is, and its bytes in the order in which its decoder wants them. */
export interface CodedFile {
  readonly kind: Exclude<AudioKind, 'wav' | 'aiff'>
  readonly info: CodedInfo
  readonly isTruncated: boolean
  readonly bytes: () => Iterable<Uint8Array>
  readonly totalBytes: number
  readonly close: () => void
}

/** Bytes fed at once: well under a second of audio, so that decoding them holds nobody up. */
export const feedBytes = 4096

const decoders: Readonly<Record<CodedFile['kind'], () => Promise<StreamDecoder>>> = {
  flac: decode.flac,
  'ogg-flac': decode.flac,
  'ogg-vorbis': decode.oga,
  'ogg-opus': decode.opus,
  mp3: decode.mp3,
  aac: decode.aac,
  mp4: decode.m4a,
}

/** Decodes the start to learn what really comes out: HE-AAC doubles its rate, parametric stereo its channels. */
export async function openCodedStream(file: CodedFile): Promise<AudioStream> {
  const first = await firstDecoded(file)
  const rateHz = first?.sampleRate ?? file.info.rateHz
  let fedBytes = 0
  const channelCount = Math.max(first?.channelData.length ?? 0, file.info.channelCount)
  return {
    kind: file.kind,
    rateHz,
    channelCount,
    promisedSamples: file.info.promisedSamples,
    isTruncated: file.isTruncated,
    isLengthExact: file.info.isLengthExact,
    readFraction: () => Math.min(1, fedBytes / file.totalBytes),
    async *blocks() {
      fedBytes = 0
      for await (const { channelData } of decodedBlocks(file, (count) => void (fedBytes += count))) {
        const channels = withChannelCount(channelData, channelCount)
        yield file.info.integerBits === null ? channels : correctScale(channels, file.info.integerBits)
      }
    },
    close: file.close,
  }
}

async function firstDecoded(file: CodedFile): Promise<AudioData | null> {
  for await (const block of decodedBlocks(file, () => {})) return block
  return null
}

async function* decodedBlocks(file: CodedFile, onFed: (byteCount: number) => void): AsyncGenerator<AudioData> {
  const decoder = await decoders[file.kind]()
  try {
    for (const bytes of file.bytes()) {
      const block = await decodeOrFail(file, () => decoder(bytes))
      onFed(bytes.length)
      if (block.channelData.length > 0) yield block
    }
    const last = await decodeOrFail(file, () => decoder())
    if (last.channelData.length > 0) yield last
  } finally {
    decoder.free()
  }
}

async function decodeOrFail(file: CodedFile, action: () => Promise<AudioData>): Promise<AudioData> {
  try {
    return await action()
  } catch (error) {
    // Decoders throw whatever their codec does; all of it means that these bytes are not such audio.
    throw new FailureError(
      failure(
        'audio-unreadable',
        `This ${audioKindNames[file.kind]} file could not be decoded.`,
        'Convert it to WAV or FLAC in another program.',
        error instanceof Error ? error.message : String(error),
      ),
    )
  }
}

/** Lossy decoders fold two equal channels into one, block by block; the file's own count is the one that counts. */
function withChannelCount(channels: readonly Float32Array[], count: number): readonly Float32Array[] {
  if (channels.length >= count) return channels.slice(0, count)
  return Array.from({ length: count }, (_, index) => channels[Math.min(index, channels.length - 1)])
}

/** The FLAC decoder divides integers by 2^(bits − 1) − 1; everything else in the program by 2^(bits − 1). */
function correctScale(channels: readonly Float32Array[], bits: number): Float32Array[] {
  const decoderScale = 2 ** (bits - 1) - 1
  const scale = 2 ** (bits - 1)
  return channels.map((channel) => channel.map((sample) => Math.round(sample * decoderScale) / scale))
}
