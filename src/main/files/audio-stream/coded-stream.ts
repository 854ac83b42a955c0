import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { AudioKind } from '../../../shared/formats/import/audio-kind.ts'
import { audioKindNames } from '../../../shared/formats/import/audio-kind.ts'
import type { CodedInfo } from '../../../shared/formats/import/coded-info.ts'
import type { AudioStream } from './audio-stream.ts'
import type { DecodedPiece, PieceDecoder } from './piece-decoder.ts'

/** What a compressed file is, and its bytes in pieces that its decoder takes one after the other. */
export interface CodedFile {
  readonly kind: Exclude<AudioKind, 'wav' | 'aiff'>
  readonly info: CodedInfo
  readonly isTruncated: boolean
  readonly pieces: () => Iterable<Uint8Array>
  readonly openDecoder: () => Promise<PieceDecoder>
  readonly totalBytes: number
  readonly close: () => void
}

/** Decodes the start to learn what really comes out: a head may leave the channels to the stream. */
export async function openCodedStream(file: CodedFile): Promise<AudioStream> {
  const first = await firstDecoded(file)
  const rateHz = first?.sampleRate ?? file.info.rateHz
  let fedBytes = 0
  const channelCount = file.info.channelCount || (first?.channelData.length ?? 0)
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
      fedBytes = file.totalBytes
    },
    close: file.close,
  }
}

async function firstDecoded(file: CodedFile): Promise<DecodedPiece | null> {
  for await (const block of decodedBlocks(file, () => {})) return block
  return null
}

async function* decodedBlocks(file: CodedFile, onFed: (byteCount: number) => void): AsyncGenerator<DecodedPiece> {
  const decoder = await file.openDecoder()
  try {
    for (const bytes of file.pieces()) {
      const block = await decodeOrFail(file, () => decoder.decode(bytes))
      onFed(bytes.length)
      if (holdsSound(block)) yield block
    }
    const last = await decodeOrFail(file, () => decoder.flush())
    if (holdsSound(last)) yield last
  } finally {
    decoder.free()
  }
}

const holdsSound = ({ channelData }: DecodedPiece): boolean => channelData.length > 0 && channelData[0].length > 0

async function decodeOrFail(
  file: CodedFile,
  action: () => DecodedPiece | Promise<DecodedPiece>,
): Promise<DecodedPiece> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof FailureError) throw error
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
