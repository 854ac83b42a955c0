import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { ContentDigest } from '../../../shared/contract/farm.ts'
import { makeFolder } from '../../files/atomic-write.ts'
import { diskOperations, fileFailure, systemCode } from '../../files/file-operations.ts'
import { forgetOldest } from '../../files/forget-oldest.ts'
import { hashFile } from '../../files/hash-file.ts'
import { readSpan, stampOf } from './content-file.ts'
import { digestOf, pieceSpan, type ContentList } from './content-list.ts'

/** The newest stay whatever they weigh: what the jobs of one machine hold open at a time is fewer. */
const FEWEST_KEPT = 16
/** A use within this time of the last is not written down: each change of a file's time is a reason to verify it again. */
const SAME_USE_MS = 30_000
/** Somebody else may forget an unfinished file, or finish it, at any moment. */
const MOST_FILLINGS = 3

/** Contents as files of a folder of this machine, named by their digests; several processes may use one at once. */
export interface ContentCache {
  /** Path of the content, verified once by this process and after every change, and marked as just used; null where it is not there. */
  find(digest: ContentDigest, progress: Progress): Promise<string | null>
  /**
   * Puts the content there and returns its path. Each piece is asked for by its index unless it lies there from before.
   * Null if the pieces together are not this content. Throws FailureError (disk-full, folder-read-only), CancelledError,
   * and what `readPiece` throws: what was fetched until then stays for the next time.
   */
  fill(digest: ContentDigest, list: ContentList, readPiece: ReadPiece, progress: Progress): Promise<string | null>
}
type ReadPiece = (index: number) => Promise<Uint8Array>

/**
 * What was used longest ago is forgotten over `mostBytes`, unfinished files as well. The bound does not hold for the 16
 * used last: a job's inputs stay while fewer than 16 others are fetched after them, and a job that takes longer than
 * that asks again.
 */
export function openContentCache(folder: string, mostBytes: number): ContentCache {
  /** Stamps of files whose bytes were verified, by path. */
  const verified = new Map<string, string>()

  async function find(digest: ContentDigest, progress: Progress): Promise<string | null> {
    const path = join(folder, digest)
    try {
      const isKnown = verified.get(path) === stampOf(await stat(path))
      if (!isKnown && String(await hashFile(path, progress)) !== digest) {
        await rm(path, { force: true })
        return null
      }
      await markUsed(path)
      verified.set(path, stampOf(await stat(path)))
      return path
    } catch (error) {
      if (isMissing(error)) return null
      throw toldOf(error, path, 'read')
    }
  }

  async function fill(digest: ContentDigest, list: ContentList, readPiece: ReadPiece, progress: Progress) {
    makeFolder(folder)
    const path = join(folder, digest)
    const passing = join(folder, `.${digest}.part`)
    for (let filling = 1; ; filling++) {
      await markUsed(passing).catch(() => {}) // what lies there from before is the last to be forgotten
      makeRoom(folder, mostBytes - list.bytes)
      const found = await gather(passing, list, readPiece, progress)
      if (found !== digest) {
        await rm(passing, { force: true })
        return null
      }
      const isThere = await bearsItsName(passing, path)
      if (isThere) makeRoom(folder, mostBytes)
      const filled = isThere ? await find(digest, subProgress(progress, 1, 1)) : null
      if (filled !== null) return filled
      if (filling === MOST_FILLINGS)
        throw new FailureError(
          failure(
            'file-missing',
            `“${path}” vanished while it was written.`,
            'Check that nothing clears this folder, and try again.',
          ),
        )
    }
  }

  return { find, fill }
}

/**
 * Writes the pieces into an unfinished file and returns the digest of the whole. The file is shared: whoever fetches the
 * same content at the same time puts the same bytes in the same places, and nobody makes it shorter than it should be.
 */
async function gather(
  path: string,
  list: ContentList,
  readPiece: ReadPiece,
  progress: Progress,
): Promise<ContentDigest> {
  const file = await onDisk(path, open(path, constants.O_RDWR | constants.O_CREAT))
  try {
    const whole = createHash('sha256')
    for (const [index, piece] of list.pieces.entries()) {
      throwIfCancelled(progress)
      progress.report(index / list.pieces.length, 'fetching from the store')
      const { start, count } = pieceSpan(list, index)
      let bytes = await onDisk(path, readSpan(file, start, count))
      if (bytes.length !== count || digestOf(bytes) !== piece) {
        bytes = await readPiece(index)
        await onDisk(path, writeSpan(file, start, bytes))
      }
      whole.update(bytes)
    }
    if ((await onDisk(path, file.stat())).size > list.bytes) await onDisk(path, file.truncate(list.bytes))
    await onDisk(path, file.sync())
    return whole.digest('hex') as ContentDigest // the digest is what the brand means
  } finally {
    await file.close()
  }
}

async function writeSpan(file: FileHandle, start: number, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    written += (await file.write(bytes, written, bytes.length - written, start + written)).bytesWritten
  }
}

/** Gives the unfinished file its name. False where somebody else took it away: it is finished by them, or forgotten. */
async function bearsItsName(passing: string, path: string): Promise<boolean> {
  try {
    await rename(passing, path)
    return true
  } catch (error) {
    if (systemCode(error) === null) throw error
    const isFinished = await stat(path).then(
      () => true,
      () => false,
    ) // and read at this moment: Windows keeps it
    if (isFinished) await rm(passing, { force: true }).catch(() => {}) // forgotten like a content where it must stay
    if (!isFinished && !isMissing(error)) throw new FailureError(fileFailure(error, path, 'write'))
    return isFinished
  }
}

async function markUsed(path: string): Promise<void> {
  const now = new Date()
  if ((await stat(path)).mtimeMs < now.getTime() - SAME_USE_MS) await utimes(path, now, now)
}

/** A cache that can't be made smaller is told by the disk, when it is full. */
function makeRoom(folder: string, mostBytes: number): void {
  try {
    forgetOldest(folder, Math.max(0, mostBytes), FEWEST_KEPT, diskOperations)
  } catch (error) {
    if (systemCode(error) === null) throw error
  }
}

const onDisk = <T>(path: string, call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    throw toldOf(error, path, 'write')
  })

/** What is a failure already, or a cancellation, stays that. */
const toldOf = (error: unknown, path: string, doing: 'read' | 'write'): unknown =>
  systemCode(error) === null ? error : new FailureError(fileFailure(error, path, doing))

const isMissing = (error: unknown): boolean =>
  systemCode(error) === 'ENOENT' || (error instanceof FailureError && error.failure.code === 'file-missing')
