import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { listName, pieceName, digestOf } from '../../../../../src/main/farm/store/content-list.ts'
import { openContentStore } from '../../../../../src/main/farm/store/content-store.ts'
import type { ObjectStore } from '../../../../../src/main/farm/store/object-store.ts'
import { openStore } from '../../../../../src/main/farm/store/open-store.ts'
import { CancelledError, FailureError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress, type Progress } from '../../../../../src/shared/base/progress.ts'
import { contentDigest } from '../../../../../src/shared/contract/farm.ts'
import { startObjectServer, type ObjectServer } from '../../../../support/object-server.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { watched } from './watched-store.ts'

let server: ObjectServer
let opened = 0
beforeAll(async () => {
  server = await startObjectServer()
})
afterAll(() => server.stop())

const kinds = {
  'a shared folder': () => openStore(temporaryFolder()),
  'an S3-compatible server': () => openStore(`s3://studio/songs/of-test-${opened++}/`, server.environment),
}

const PIECE_BYTES = 1000
/** Bytes that do not repeat: every piece is another. */
const bytesOf = (count: number, seed = 1) =>
  Uint8Array.from({ length: count }, (_, index) => (Math.imul(index + seed, 2654435761) >>> 13) & 255)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'stem.wav')
  writeFileSync(path, bytes)
  utimesSync(path, 1_000_000, 1_000_000) // long ago
  return path
}

/** A cancel that comes at a moment of the test's choosing. */
const cancellable = () => {
  const progress = { report: () => {}, isCancelled: false }
  return { progress: progress as Progress, cancel: () => (progress.isCancelled = true) }
}

const failureOf = async (work: Promise<unknown>) => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof FailureError)) throw thrown ?? new Error('nothing failed')
  return thrown.failure
}

describe.each(Object.entries(kinds))('%s', (_, open) => {
  let store: ObjectStore
  beforeEach(async () => {
    store = await open()
    onTestFinished(() => store.close())
  })
  const contentsIn = (of: ObjectStore, cacheFolder = join(temporaryFolder(), 'cache')) =>
    openContentStore(of, { cacheFolder, pieceBytes: PIECE_BYTES })

  test('keeps objects by name, whole, until they are replaced or removed', async () => {
    expect([await store.has('a/b.json'), await store.read('a/b.json')]).toEqual([false, null])
    await store.write('a/b.json', bytesOf(70_000))
    expect(await store.has('a/b.json')).toBe(true)
    expect(Buffer.from((await store.read('a/b.json')) ?? []).equals(bytesOf(70_000))).toBe(true)
    await store.write('a/b.json', new Uint8Array(0))
    expect(await store.read('a/b.json')).toHaveLength(0)
    await store.remove('a/b.json')
    await store.remove('a/b.json')
    expect([await store.has('a/b.json'), await store.read('a/b.json')]).toEqual([false, null])
  })

  test('many may write one name at once, and everybody reads it whole', async () => {
    const own = Array.from({ length: 6 }, (_, index) => bytesOf(20_000, index))
    await Promise.all(own.map((bytes) => store.write('at-once', bytes)))
    const left = Buffer.from((await store.read('at-once')) ?? [])
    expect(own.some((bytes) => left.equals(bytes))).toBe(true)
  })

  test('names that are no plain path below the store are refused', async () => {
    const contents = contentsIn(store)
    const names = [
      '../a',
      'a/../../b',
      '..',
      '.',
      'a/..b',
      '/a',
      'a//b',
      'a/',
      '',
      'A',
      'a b',
      'a\\b',
      'c:a',
      'a.',
      '.a',
    ]
    for (const name of names) {
      for (const call of [
        async () => store.has(name),
        async () => store.read(name),
        async () => store.write(name, bytesOf(1)),
        async () => store.remove(name),
        async () => contents.readRecord(`${name}/a`),
        async () => contents.writeRecord(`${name}/a`, 1),
      ])
        await expect(call(), name).rejects.toThrow('is no name')
    }
  })

  test('records come back as they were written, and what is none is null', async () => {
    const contents = contentsIn(store)
    expect(await contents.readRecord('results/ab12')).toBeNull()
    await contents.writeRecord('results/ab12', { takes: [1, 'zwei', null] })
    expect(await contents.readRecord('results/ab12')).toEqual({ takes: [1, 'zwei', null] })
    await contents.writeRecord('results/ab12', false)
    expect(await contents.readRecord('results/ab12')).toBe(false)
    await store.write('records/results/cut.json', new TextEncoder().encode('{"takes": [1,'))
    expect(await contents.readRecord('results/cut')).toBeNull()
  })

  test('what is sent comes back bit for bit at any size around the borders of pieces', async () => {
    const folder = temporaryFolder()
    const piecesAndRest = fc.record({
      pieceBytes: fc.integer({ min: 1, max: 40 }),
      pieces: fc.integer({ min: 0, max: 3 }),
      more: fc.integer({ min: -1, max: 1 }),
      // Of few values, so that pieces repeat.
      values: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 8 }),
      isFile: fc.boolean(),
    })
    let round = 0
    await fc.assert(
      fc.asyncProperty(piecesAndRest, async ({ pieceBytes, pieces, more, values, isFile }) => {
        const length = Math.max(0, pieces * pieceBytes + more)
        const bytes = Uint8Array.from({ length }, (_, index) => values[index % values.length])
        const contents = openContentStore(store, { cacheFolder: join(folder, `${round++}`), pieceBytes })
        const digest = await (isFile ? contents.sendFile(fileOf(bytes), silentProgress) : contents.sendBytes(bytes))
        expect(digest).toBe(sha256(bytes))
        const path = await contents.fetchFile(digest, silentProgress)
        expect(readFileSync(path).equals(bytes)).toBe(true)
      }),
      { numRuns: 16 },
    )
  })

  test('a file is sent once, and what two contents share is sent once as well', async () => {
    const seen = watched(store)
    const contents = contentsIn(seen.store)
    const path = fileOf(bytesOf(4500))
    await contents.sendFile(path, silentProgress)
    expect(seen.piecesWritten).toBe(5)
    await contents.sendFile(path, silentProgress)
    await contents.sendBytes(bytesOf(4500))
    expect(seen.piecesWritten).toBe(5)
    await contents.sendBytes(Uint8Array.from([...bytesOf(3000), ...bytesOf(2000, 77)]))
    expect(seen.piecesWritten).toBe(7)
  })

  test('a sending that was cancelled or failed goes on, and sends only what is missing', async () => {
    const seen = watched(store)
    const path = fileOf(bytesOf(6500))
    const { progress, cancel } = cancellable()
    seen.before.write = () => void (seen.piecesWritten === 1 && cancel())
    await expect(contentsIn(seen.store).sendFile(path, progress)).rejects.toThrow(CancelledError)
    expect(seen.piecesWritten).toBe(2)
    seen.before.write = () => {
      if (seen.piecesWritten === 4) throw new Error('the power went')
    }
    await expect(contentsIn(seen.store).sendFile(path, silentProgress)).rejects.toThrow('the power went')
    seen.before.write = () => {}
    const digest = await contentsIn(seen.store).sendFile(path, silentProgress)
    expect(seen.piecesWritten).toBe(7)
    const fetched = await contentsIn(store).fetchFile(digest, silentProgress)
    expect(readFileSync(fetched).equals(bytesOf(6500))).toBe(true)
  })

  test('what was sent in part is not there for others', async () => {
    const { progress, cancel } = cancellable()
    const seen = watched(store)
    seen.before.write = cancel
    await expect(contentsIn(seen.store).sendFile(fileOf(bytesOf(2500)), progress)).rejects.toThrow(CancelledError)
    const digest = contentDigest.parse(sha256(bytesOf(2500)))
    const told = await failureOf(contentsIn(store).fetchFile(digest, silentProgress))
    expect([told.code, told.message.includes(store.place)]).toEqual(['content-missing', true])
  })

  test('a fetch that was cancelled goes on in another process, and fetches only what is missing or was spoiled', async () => {
    const cacheFolder = temporaryFolder()
    const digest = await contentsIn(store).sendBytes(bytesOf(6500))
    const { progress, cancel } = cancellable()
    const seen = watched(store)
    seen.before.read = () => void (seen.piecesRead === 3 && cancel())
    await expect(contentsIn(seen.store, cacheFolder).fetchFile(digest, progress)).rejects.toThrow(CancelledError)
    expect(seen.piecesRead).toBe(4)
    const [unfinished] = readdirSync(cacheFolder).map((name) => join(cacheFolder, name))
    writeFileSync(unfinished, readFileSync(unfinished).fill(0, 1500, 1501))
    const path = await contentsIn(seen.store, cacheFolder).fetchFile(digest, silentProgress)
    expect(seen.piecesRead).toBe(4 + 3 + 1)
    expect(readFileSync(path).equals(bytesOf(6500))).toBe(true)
    expect(readdirSync(cacheFolder)).toEqual([digest])
  })

  test('what is in the cache is not fetched again, unless it was spoiled there', async () => {
    const seen = watched(store)
    const contents = contentsIn(seen.store)
    const digest = await contents.sendBytes(bytesOf(2500))
    const path = await contents.fetchFile(digest, silentProgress)
    seen.forget()
    expect(await contents.fetchFile(digest, silentProgress)).toBe(path)
    expect(seen.piecesRead).toBe(0)
    writeFileSync(path, bytesOf(2500).fill(0, 7, 9))
    expect(await contents.fetchFile(digest, silentProgress)).toBe(path)
    expect(seen.piecesRead).toBe(3)
    expect(readFileSync(path).equals(bytesOf(2500))).toBe(true)
  })

  test('other bytes in the store are noticed, told and removed, and the next sending mends them', async () => {
    const path = fileOf(bytesOf(4500))
    const sender = contentsIn(store)
    const digest = await sender.sendFile(path, silentProgress)
    const piece = pieceName(digestOf(bytesOf(4500).subarray(2000, 3000)))
    for (const spoiled of [bytesOf(1000, 5), bytesOf(999), bytesOf(0)]) {
      await store.write(piece, spoiled)
      const cacheFolder = temporaryFolder()
      const told = await failureOf(contentsIn(store, cacheFolder).fetchFile(digest, silentProgress))
      expect([told.code, told.details?.includes(piece)]).toEqual(['content-damaged', true])
      expect((await failureOf(contentsIn(store).fetchFile(digest, silentProgress))).code).toBe('content-missing')
      const seen = watched(store)
      await contentsIn(seen.store).sendFile(path, silentProgress)
      expect(seen.piecesWritten).toBe(1)
      const mended = await contentsIn(store, cacheFolder).fetchFile(digest, silentProgress)
      expect(readFileSync(mended).equals(bytesOf(4500))).toBe(true)
    }
  })

  test.each([
    ['is cut off', (list: string) => list.slice(0, -9)],
    ['names other pieces', (list: string) => list.replace(/"pieces":.*/, `"pieces":["${sha256(bytesOf(1000, 9))}"]}`)],
    ['has pieces too many', (list: string) => list.replace(']', `${`,"${sha256(bytesOf(1000, 9))}"`.repeat(2)}]`)],
    ['asks for pieces that no memory holds', (list: string) => list.replace('"pieceBytes":1000', '"pieceBytes":1e12')],
    ['names a file', (list: string) => list.replace(/"pieces":.*/, '"pieces":["../../../../../etc/passwd"]}')],
  ])('a list of pieces that %s is told as damage, and the content is sent anew', async (_what, spoil) => {
    const contents = contentsIn(store)
    await contents.sendBytes(bytesOf(1000, 9))
    const digest = await contents.sendBytes(bytesOf(1000))
    const list = new TextDecoder().decode((await store.read(listName(digest))) ?? new Uint8Array(0))
    await store.write(listName(digest), new TextEncoder().encode(spoil(list)))
    expect((await failureOf(contents.fetchFile(digest, silentProgress))).code).toBe('content-damaged')
    await contents.sendBytes(bytesOf(1000))
    expect(readFileSync(await contents.fetchFile(digest, silentProgress)).equals(bytesOf(1000))).toBe(true)
  })

  test('a piece that vanished is told as missing, and sent by the next sending', async () => {
    const contents = contentsIn(store)
    const digest = await contents.sendBytes(bytesOf(2500))
    await store.remove(pieceName(digestOf(bytesOf(1000))))
    expect((await failureOf(contents.fetchFile(digest, silentProgress))).code).toBe('content-missing')
    await contents.sendBytes(bytesOf(2500))
    expect(readFileSync(await contents.fetchFile(digest, silentProgress)).equals(bytesOf(2500))).toBe(true)
  })

  test('several who fetch the same at once all get it: of one process by one fetch, of two into one cache', async () => {
    const digest = await contentsIn(store).sendBytes(bytesOf(5500))
    const cacheFolder = temporaryFolder()
    const seen = [watched(store), watched(store)]
    const paths = await Promise.all(
      seen.flatMap(({ store: own }) => {
        const contents = contentsIn(own, cacheFolder)
        return [1, 2, 3].map(() => contents.fetchFile(digest, silentProgress))
      }),
    )
    expect(new Set(paths)).toEqual(new Set([join(cacheFolder, digest)]))
    expect(readFileSync(paths[0]).equals(bytesOf(5500))).toBe(true)
    for (const { piecesRead } of seen) expect(piecesRead).toBeLessThanOrEqual(6)
    expect(readdirSync(cacheFolder)).toEqual([digest])
  })

  test('several who send the same at once leave it whole', async () => {
    const path = fileOf(bytesOf(5500))
    const digests = await Promise.all(
      [1, 2, 3].flatMap(() => {
        const contents = contentsIn(store)
        return [contents.sendFile(path, silentProgress), contents.sendFile(path, silentProgress)]
      }),
    )
    const fetched = await contentsIn(store).fetchFile(digests[0], silentProgress)
    expect([new Set(digests).size, readFileSync(fetched).equals(bytesOf(5500))]).toEqual([1, true])
  })
})

test('a server that stops in the middle is told plainly, and what was sent until then is not lost', async () => {
  const doomed = await startObjectServer()
  const seen = watched(await openStore('s3://studio', doomed.environment))
  const contents = openContentStore(seen.store, { cacheFolder: temporaryFolder(), pieceBytes: PIECE_BYTES })
  let stopping: Promise<void> | null = null
  seen.before.write = () => void (seen.piecesWritten === 2 && (stopping ??= doomed.stop()))
  const told = await failureOf(contents.sendBytes(bytesOf(4500)))
  await stopping
  expect(told).toMatchObject({
    code: 'store-unreachable',
    message: expect.stringContaining(`:${doomed.port} does not answer`),
  })
  expect((await failureOf(contents.readRecord('a'))).code).toBe('store-unreachable')
  seen.store.close()
})

test('a share that is unmounted in the middle is told, and nothing is written in its place', async () => {
  const folder = join(temporaryFolder(), 'share')
  mkdirSync(folder)
  const seen = watched(await openStore(folder))
  const contents = openContentStore(seen.store, { cacheFolder: temporaryFolder(), pieceBytes: PIECE_BYTES })
  seen.before.write = () => void (seen.piecesWritten === 2 && rmSync(folder, { recursive: true }))
  expect((await failureOf(contents.sendBytes(bytesOf(4500)))).code).toBe('store-unreachable')
  expect((await failureOf(contents.readRecord('a'))).code).toBe('store-unreachable')
  expect((await failureOf(seen.store.has('a'))).code).toBe('store-unreachable')
  expect((await failureOf(seen.store.remove('a'))).code).toBe('store-unreachable')
  expect(readdirSync(join(folder, '..'))).toEqual([])
})
