import { failure, FailureError, type Failure } from '../../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { ContentDigest } from '../../../shared/contract/farm.ts'
import type { ContentCache } from './content-cache.ts'
import { digestOf, listName, parseList, pieceName, type ContentList } from './content-list.ts'
import type { ObjectStore } from './object-store.ts'

/** A piece that arrives wrong is asked for once more before the store is blamed. */
const MOST_READINGS = 2

/** Path of the content in the cache; see `ContentStore.fetchFile`. */
export async function fetchContent(
  store: ObjectStore,
  cache: ContentCache,
  digest: ContentDigest,
  progress: Progress,
): Promise<string> {
  const found = await cache.find(digest, subProgress(progress, 0, 0))
  if (found !== null) return found
  const list = await readList(store, digest)
  const filled = await cache.fill(digest, list, (index) => readPiece(store, digest, list.pieces[index]), progress)
  if (filled === null) throw await damaged(store, digest, [listName(digest)])
  return filled
}

async function readList(store: ObjectStore, digest: ContentDigest): Promise<ContentList> {
  const bytes = await store.read(listName(digest))
  if (bytes === null) throw new FailureError(missing(store, digest))
  const list = parseList(bytes)
  if (list === null) throw await damaged(store, digest, [listName(digest)])
  return list
}

async function readPiece(store: ObjectStore, digest: ContentDigest, piece: ContentDigest): Promise<Uint8Array> {
  for (let reading = 1; reading <= MOST_READINGS; reading++) {
    const bytes = await store.read(pieceName(piece))
    if (bytes === null) {
      // A list without its pieces would keep senders from sending them.
      await store.remove(listName(digest))
      throw new FailureError(missing(store, digest))
    }
    if (digestOf(bytes) === piece) return bytes
  }
  throw await damaged(store, digest, [pieceName(piece), listName(digest)])
}

/** Takes away what is wrong, so that it is sent anew: a sender looks only whether a name is there. */
async function damaged(store: ObjectStore, digest: ContentDigest, names: readonly string[]): Promise<FailureError> {
  for (const name of names) await store.remove(name)
  return new FailureError(
    failure(
      'content-damaged',
      `In ${store.place} lie other bytes than were sent under ${shortened(digest)}; they were removed.`,
      'Start the job again: what is missing is sent anew. If it happens again, check that disk.',
      names.join('\n'),
    ),
  )
}

const missing = (store: ObjectStore, digest: ContentDigest): Failure =>
  failure(
    'content-missing',
    `The content ${shortened(digest)} is not in ${store.place}.`,
    'Start the job again: what is missing is sent anew. Check that both machines use the same store.',
    digest,
  )

const shortened = (digest: ContentDigest) => `${digest.slice(0, 12)}…`
