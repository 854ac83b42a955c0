import { failure, FailureError } from '../../../shared/base/errors.ts'
import { silentProgress, subProgress, throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { ContentDigest } from '../../../shared/contract/farm.ts'
import type { ContentFile } from './content-file.ts'
import { digestOf, listName, pieceName, pieceSpan, toJson } from './content-list.ts'
import { cutContent, type CutContent, type ReadableContent } from './cut-content.ts'
import type { ObjectStore } from './object-store.ts'

/** What one request carries: small enough to be lost without much harm, large enough that requests cost little. */
export const FULL_PIECE_BYTES = 8 * 2 ** 20
const MOST_REMEMBERED = 1000
/** A file that was written less than this before it was read may be written again without its time telling so. */
const TELLTALE_MS = 3000
/** Of the work of sending, what reading a file takes. */
const READING_SHARE = 0.2

export interface Sender {
  sendFile(path: string, file: ContentFile, progress: Progress): Promise<ContentDigest>
  sendBytes(bytes: Uint8Array): Promise<ContentDigest>
}

/** Remembers how files were cut, so that a stem is read once and not for each of its regions. */
export function openSender(store: ObjectStore, pieceBytes: number): Sender {
  const remembered = new Map<string, { readonly stamp: string; readonly cut: CutContent }>()

  function remember(path: string, stamp: string, cut: CutContent): void {
    remembered.delete(path)
    remembered.set(path, { stamp, cut })
    const [longestAgo] = remembered.keys()
    if (remembered.size > MOST_REMEMBERED) remembered.delete(longestAgo)
  }

  return {
    async sendFile(path, file, progress) {
      const known = remembered.get(path)
      if (known?.stamp === file.stamp) {
        await sendPieces(store, known.cut, file, progress)
        return known.cut.digest
      }
      const beganAtMs = Date.now()
      const cut = await cutContent(file, pieceBytes, subProgress(progress, 0, READING_SHARE))
      await sendPieces(store, cut, file, subProgress(progress, READING_SHARE, 1))
      if (file.changedAtMs < beganAtMs - TELLTALE_MS) remember(path, file.stamp, cut)
      return cut.digest
    },
    async sendBytes(bytes) {
      const content = {
        bytes: bytes.length,
        read: (start: number, count: number) => Promise.resolve(bytes.subarray(start, start + count)),
      }
      const cut = await cutContent(content, pieceBytes, silentProgress)
      await sendPieces(store, cut, content, silentProgress)
      return cut.digest
    },
  }
}

/** The pieces that are not there, and then the list. */
async function sendPieces(
  store: ObjectStore,
  { digest, list }: CutContent,
  content: ReadableContent,
  progress: Progress,
) {
  if (await store.has(listName(digest))) return
  for (const [index, piece] of list.pieces.entries()) {
    throwIfCancelled(progress)
    progress.report(index / list.pieces.length, 'sending to the store')
    if (await store.has(pieceName(piece))) continue
    const { start, count } = pieceSpan(list, index)
    const bytes = await content.read(start, count)
    if (digestOf(bytes) !== piece) throw new FailureError(changedMeanwhile())
    await store.write(pieceName(piece), bytes)
  }
  throwIfCancelled(progress)
  await store.write(listName(digest), toJson(list))
}

const changedMeanwhile = () =>
  failure(
    'file-unreadable',
    'A file was changed while it was being sent.',
    'Wait until nothing writes to it, then try again.',
  )
