import type { ByteFile } from './byte-file.ts'

/** A frame header has at most 16 bytes. */
const headerBytes = 16
/** How far a cut may move; bytes that are all 0xff are no music. */
const searchBytes = 8192

/**
 * A FLAC file in pieces of about `pieceBytes`, none of which ends inside a frame header: the decoder looks for headers
 * in each piece as it comes and would miss one that is cut in two, and with it a frame of sound. Every header begins
 * with 0xff, so that a cut is safe where the last bytes before it hold none.
 */
export function* flacPieces(
  file: Pick<ByteFile, 'read' | 'sizeBytes'>,
  startBytes: number,
  pieceBytes: number,
): Generator<Uint8Array> {
  let start = startBytes
  while (start < file.sizeBytes) {
    const bytes = file.read(start, pieceBytes + searchBytes)
    const isLast = start + bytes.length >= file.sizeBytes
    const piece = isLast && bytes.length <= pieceBytes ? bytes : bytes.subarray(0, safeCut(bytes, pieceBytes))
    yield piece
    start += piece.length
  }
}

function safeCut(bytes: Uint8Array, from: number): number {
  let clean = 0
  for (let at = Math.max(0, from - headerBytes); at < bytes.length; at++) {
    clean = bytes[at] === 0xff ? 0 : clean + 1
    if (clean >= headerBytes && at + 1 >= from) return at + 1
  }
  return bytes.length
}
