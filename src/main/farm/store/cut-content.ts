import { createHash } from 'node:crypto'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { ContentDigest } from '../../../shared/contract/farm.ts'
import { breathe } from '../../files/breathe.ts'
import { digestOf, pieceSpan, type ContentList } from './content-list.ts'

/** Bytes that can be read by span: a file's, or some in memory. */
export interface ReadableContent {
  readonly bytes: number
  /** Fewer than `count` only where the content has become shorter. */
  read(start: number, count: number): Promise<Uint8Array>
}

/** A content's own digest and those of its pieces. */
export interface CutContent {
  readonly digest: ContentDigest
  readonly list: ContentList
}

/** Reads a content once, a piece at a time. Memory is bounded by a piece. */
export async function cutContent(
  content: ReadableContent,
  pieceBytes: number,
  progress: Progress,
): Promise<CutContent> {
  const size = { bytes: content.bytes, pieceBytes }
  const whole = createHash('sha256')
  const pieces: ContentDigest[] = []
  for (let at = 0; at < content.bytes; at += pieceBytes) {
    throwIfCancelled(progress)
    progress.report(at / content.bytes, 'reading what is sent')
    const { start, count } = pieceSpan(size, pieces.length)
    const piece = await content.read(start, count)
    whole.update(piece)
    await breathe()
    pieces.push(digestOf(piece))
  }
  return { digest: whole.digest('hex') as ContentDigest, list: { ...size, pieces } } // the digest is what the brand means
}
