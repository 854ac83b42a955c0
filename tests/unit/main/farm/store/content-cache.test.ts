import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openContentStore, type ContentStoreOptions } from '../../../../../src/main/farm/store/content-store.ts'
import type { ObjectStore } from '../../../../../src/main/farm/store/object-store.ts'
import { openStore } from '../../../../../src/main/farm/store/open-store.ts'
import { CancelledError, FailureError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress, type Progress } from '../../../../../src/shared/base/progress.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { watched } from './watched-store.ts'

const contentsOf = (store: ObjectStore, options: Partial<ContentStoreOptions> = {}) =>
  openContentStore(store, { cacheFolder: temporaryFolder(), pieceBytes: 100, ...options })

const bytesOf = (count: number, value: number) => new Uint8Array(count).fill(value)
const bytesIn = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
/** Uses are seconds apart, as jobs are. */
const useAt = (path: string, second: number) => utimesSync(path, 1_000_000 + second, 1_000_000 + second)

test('the cache stays within its bound, but for the sixteen that were used last', async () => {
  const cacheFolder = temporaryFolder()
  const store = watched(await openStore(temporaryFolder()))
  const contents = contentsOf(store.store, { cacheFolder, mostCacheBytes: 30 * 100 })
  // There is room for it before the piece arrives.
  store.before.read = (name) => {
    if (name.startsWith('pieces/')) expect(bytesIn(cacheFolder)).toBeLessThanOrEqual(29 * 100)
  }
  for (let index = 0; index < 60; index++) {
    const digest = await contents.sendBytes(bytesOf(100, index))
    useAt(await contents.fetchFile(digest, silentProgress), index)
    expect(bytesIn(cacheFolder)).toBeLessThanOrEqual(30 * 100)
  }
  store.before.read = () => {}
  const large = await contents.sendBytes(bytesOf(5000, 99))
  await contents.fetchFile(large, silentProgress)
  expect(readdirSync(cacheFolder)).toHaveLength(16)
})

test('what is asked for again counts as new, and what was used longest ago goes first', async () => {
  const cacheFolder = temporaryFolder()
  const contents = contentsOf(await openStore(temporaryFolder()), { cacheFolder, mostCacheBytes: 20 * 100 })
  const digests = []
  for (let index = 0; index < 20; index++) digests.push(await contents.sendBytes(bytesOf(100, index)))
  for (const [index, digest] of digests.entries()) useAt(await contents.fetchFile(digest, silentProgress), index)
  await contents.fetchFile(digests[0], silentProgress)
  await contents.fetchFile(await contents.sendBytes(bytesOf(100, 99)), silentProgress)
  expect(digests.filter((digest) => !existsSync(join(cacheFolder, digest)))).toEqual([digests[1]])
})

test('unfinished files of fetches that nobody goes on with count and go like all others', async () => {
  const cacheFolder = temporaryFolder()
  const contents = contentsOf(await openStore(temporaryFolder()), { cacheFolder, mostCacheBytes: 1000 })
  const abandoned = join(cacheFolder, `.${'0'.repeat(64)}.part`)
  writeFileSync(abandoned, bytesOf(900, 1))
  useAt(abandoned, 0)
  for (let index = 0; index < 16; index++)
    await contents.fetchFile(await contents.sendBytes(bytesOf(60, index)), silentProgress)
  expect(existsSync(abandoned)).toBe(false)
})

/** Which phases a work reported. */
function listening() {
  const phases = new Set<string | undefined>()
  const progress: Progress = { report: (_, phase) => void phases.add(phase), isCancelled: false }
  return { phases, progress }
}

test('a file is read once for all its sendings, and again when it was changed', async () => {
  const path = join(temporaryFolder(), 'stem.wav')
  writeFileSync(path, bytesOf(950, 1))
  useAt(path, 0)
  const contents = contentsOf(await openStore(temporaryFolder()))
  const phasesOfSending = async () => {
    const { phases, progress } = listening()
    return { digest: await contents.sendFile(path, progress), hasRead: phases.has('reading what is sent') }
  }
  const first = await phasesOfSending()
  expect(first.hasRead).toBe(true)
  expect(await phasesOfSending()).toEqual({ digest: first.digest, hasRead: false })
  // As many bytes as before, and the time they bore: only the disk knows.
  writeFileSync(path, bytesOf(950, 2))
  useAt(path, 0)
  const changed = await phasesOfSending()
  expect([changed.hasRead, changed.digest === first.digest]).toEqual([true, false])
})

test('a file that was written a moment ago is read again: the next writing may bear the same time', async () => {
  const path = join(temporaryFolder(), 'stem.wav')
  writeFileSync(path, bytesOf(950, 1))
  const contents = contentsOf(await openStore(temporaryFolder()))
  await contents.sendFile(path, silentProgress)
  const { phases, progress } = listening()
  await contents.sendFile(path, progress)
  expect(phases).toContain('reading what is sent')
})

test('a file that is changed while it is sent is refused, and is not there for others', async () => {
  const path = join(temporaryFolder(), 'stem.wav')
  writeFileSync(
    path,
    Uint8Array.from({ length: 950 }, (_, index) => index / 100),
  )
  const store = watched(await openStore(temporaryFolder()))
  store.before.write = () => {
    if (store.piecesWritten === 3) writeFileSync(path, bytesOf(950, 77))
  }
  const sent = contentsOf(store.store).sendFile(path, silentProgress)
  await expect(sent).rejects.toThrow('changed while it was being sent')
  expect(store.piecesWritten).toBeLessThan(6)
})

test('a file that is not there is told as that', async () => {
  const contents = contentsOf(await openStore(temporaryFolder()))
  const error: unknown = await contents
    .sendFile(join(temporaryFolder(), 'gone.wav'), silentProgress)
    .catch((e: unknown) => e)
  expect(error instanceof FailureError && error.failure.code).toBe('file-missing')
})

test('who waits for another’s fetch of the same hears a cancel, and the other goes on', async () => {
  const store = watched(await openStore(temporaryFolder()))
  const { promise: opened, resolve: open } = Promise.withResolvers<undefined>()
  const slow: ObjectStore = {
    ...store.store,
    read: async (name) => {
      await opened
      return store.store.read(name)
    },
  }
  const contents = contentsOf(slow)
  const digest = await contents.sendBytes(bytesOf(250, 1))
  const first = contents.fetchFile(digest, silentProgress)
  const waiting = { report: () => {}, isCancelled: false }
  const second = contents.fetchFile(digest, waiting)
  waiting.isCancelled = true
  await expect(second).rejects.toThrow(CancelledError)
  open(undefined)
  expect(readFileSync(await first).equals(bytesOf(250, 1))).toBe(true)
})

test('who waits for a fetch that fails tries it themselves', async () => {
  const store = watched(await openStore(temporaryFolder()))
  const contents = contentsOf(store.store)
  const digest = await contents.sendBytes(bytesOf(250, 1))
  let failures = 1
  store.before.read = () => {
    if (failures-- > 0) throw new Error('the line broke')
  }
  const [first, second] = await Promise.allSettled([
    contents.fetchFile(digest, silentProgress),
    contents.fetchFile(digest, silentProgress),
  ])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
})

test('an unfinished file that is longer than its content is made as long', async () => {
  const cacheFolder = temporaryFolder()
  const store = watched(await openStore(temporaryFolder()))
  const contents = contentsOf(store.store, { cacheFolder })
  const digest = await contents.sendBytes(bytesOf(250, 1))
  const unfinished = join(cacheFolder, `.${digest}.part`)
  writeFileSync(unfinished, bytesOf(250, 1))
  appendFileSync(unfinished, 'and more')
  expect(readFileSync(await contents.fetchFile(digest, silentProgress)).equals(bytesOf(250, 1))).toBe(true)
  expect([readdirSync(cacheFolder), store.piecesRead]).toEqual([[digest], 0])
})

test('what a fetch does goes from nothing to all, once', async () => {
  const contents = contentsOf(await openStore(temporaryFolder()))
  const digest = await contents.sendBytes(bytesOf(950, 1))
  const fractions: number[] = []
  await contents.fetchFile(digest, { report: (fraction) => void fractions.push(fraction), isCancelled: false })
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect([fractions.length > 9, Math.max(...fractions) <= 1]).toEqual([true, true])
})
