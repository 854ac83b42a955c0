import type { Progress } from '../../../shared/base/progress.ts'
import type { ContentDigest } from '../../../shared/contract/farm.ts'
import { openContentCache } from './content-cache.ts'
import { withContentFile } from './content-file.ts'
import { parseJson, recordName, toJson } from './content-list.ts'
import { fetchContent } from './fetch-content.ts'
import { FULL_PIECE_BYTES, openSender } from './send-content.ts'
import type { ObjectStore } from './object-store.ts'
import { openTurns } from './turns.ts'

/** Some hours of stems. */
const MOST_CACHE_BYTES = 10e9

/**
 * Contents and small records in an object store. Several machines may use one store, and several processes one cache,
 * without locks: what is written under a digest is the same whoever writes it. Everything throws what the store throws
 * (see `ObjectStore`), and CancelledError between pieces where a progress is given.
 */
export interface ContentStore {
  readonly store: ObjectStore
  /**
   * Sends a file unless it is there already. Pieces that are there, from an interrupted sending or from another content,
   * are not sent again. The digest of a file that was not changed is remembered. Throws FailureError: file-missing,
   * file-unreadable (also where the file is changed meanwhile).
   */
  sendFile(path: string, progress: Progress): Promise<ContentDigest>
  /** The same for bytes at hand. */
  sendBytes(bytes: Uint8Array): Promise<ContentDigest>
  /**
   * Path of a local copy whose bytes have this digest; nobody may write to it. It is fetched where the cache lacks it,
   * goes on where an interrupted fetch stopped, and stays at least until 16 other contents were used. Throws
   * FailureError: content-missing; content-damaged where the store holds other bytes, which are then removed, so that
   * the next sending sends them anew; disk-full, folder-read-only.
   */
  fetchFile(digest: ContentDigest, progress: Progress): Promise<string>
  /** A small JSON value beside the contents; null where there is none, or where it is no JSON. */
  readRecord(name: string): Promise<unknown>
  /** @param name segments of a-z, 0-9, `_`, `-` and inner dots, between slashes */
  writeRecord(name: string, value: unknown): Promise<void>
}

export interface ContentStoreOptions {
  /** Of this machine; made where it is not there. */
  readonly cacheFolder: string
  /** 10 GB unless told. The 16 contents that were used last stay also where they are more. */
  readonly mostCacheBytes?: number
  /** Of what is sent; 8 MiB unless told. What was cut otherwise is fetched as well, and shares no pieces. */
  readonly pieceBytes?: number
}

export function openContentStore(store: ObjectStore, options: ContentStoreOptions): ContentStore {
  const cache = openContentCache(options.cacheFolder, options.mostCacheBytes ?? MOST_CACHE_BYTES)
  const sender = openSender(store, options.pieceBytes ?? FULL_PIECE_BYTES)
  const inTurn = openTurns()
  return {
    store,
    sendFile: (path, progress) =>
      inTurn(`send ${path}`, progress, () => withContentFile(path, (file) => sender.sendFile(path, file, progress))),
    sendBytes: (bytes) => sender.sendBytes(bytes),
    fetchFile: (digest, progress) =>
      inTurn(`fetch ${digest}`, progress, () => fetchContent(store, cache, digest, progress)),
    async readRecord(name) {
      const bytes = await store.read(recordName(name))
      return bytes && parseJson(bytes)
    },
    writeRecord: (name, value) => store.write(recordName(name), toJson(value)),
  }
}
