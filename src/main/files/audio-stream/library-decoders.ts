import { decoder as openFlac } from '@audio/decode-flac'
import { decoder as openMp3 } from '@audio/decode-mp3'
import { decoder as openOpus } from '@audio/decode-opus'
import { decoder as openVorbis } from '@audio/decode-vorbis'
import type { CodedFile } from './coded-stream.ts'
import type { PieceDecoder } from './piece-decoder.ts'
import { nothingYet } from './piece-decoder.ts'

/** The kinds that compiled libraries decode, which find the frames in any pieces by themselves. */
export type LibraryKind = Exclude<CodedFile['kind'], 'aac' | 'mp4'>

export const libraryDecoders: Readonly<Record<LibraryKind, () => Promise<PieceDecoder>>> = {
  flac: openFlac,
  'ogg-flac': openFlac,
  'ogg-vorbis': openVorbis,
  'ogg-opus': openOpus,
  mp3: async () => {
    const decoder = await openMp3()
    return { decode: (piece) => decoder.decode(piece), flush: () => nothingYet, free: () => decoder.free() }
  },
}
