import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { downloadWheel, knownIndexes } from '../../../../../src/main/compute/native/native-download.ts'
import { downloadPinned, partialPath, receivedBytes } from '../../../../../src/main/compute/native/pinned-download.ts'
import { CancelledError, FailureError } from '../../../../../src/shared/base/errors.ts'
import { makeTemporaryFolder, removeFolder, temporaryFolder } from '../../../../support/temporary-folder.ts'

const content = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7 + (index >> 8)) % 251))
const file = { name: 'engine.whl', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** A server on the loopback address that answers as the test says. */
async function serve(answer: Answer): Promise<{ readonly address: string; readonly ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = []
  const server = createServer((request, response) => {
    ranges.push(request.headers.range)
    answer(request, response, ranges.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  })
  const { port } = server.address() as AddressInfo // it listens on a port
  return { address: `http://127.0.0.1:${port}/engine.whl`, ranges }
}

const startOf = (request: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)

/** Sends what was asked for, and cuts the line after so many bytes; null sends all. */
function sendRange(request: IncomingMessage, response: ServerResponse, cutAfter: number | null, body = content): void {
  const start = startOf(request)
  const left = body.subarray(start)
  const range = { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': left.length, ...(start > 0 ? range : {}) })
  if (cutAfter === null || cutAfter >= left.length) return void response.end(left)
  response.write(left.subarray(0, cutAfter), () => setImmediate(() => response.destroy()))
}

const download = (address: string, folder: string, signal = new AbortController().signal, pinned = file) =>
  downloadPinned({ address, file: pinned, folder, signal, onBytes: () => {}, retryDelayMs: 1 })

test('a download that is cut at any byte, again and again, goes on where it was and comes out whole', async () => {
  let cuts: readonly number[] = []
  let sent = 0
  const { address } = await serve((request, response) => sendRange(request, response, cuts[sent++] ?? null))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 4 }), async (chosen) => {
      cuts = chosen
      sent = 0
      const folder = makeTemporaryFolder()
      try {
        const path = await download(address, folder)
        expect(readFileSync(path).equals(content)).toBe(true)
        expect(existsSync(partialPath(folder, file))).toBe(false)
      } finally {
        removeFolder(folder)
      }
    }),
    { numRuns: 25, examples: [[[0, 0]], [[1]], [[content.length - 1]], [[content.length]]] },
  )
})

test('what an earlier start of the program left is asked for no more', async () => {
  const folder = temporaryFolder()
  writeFileSync(partialPath(folder, file), content.subarray(0, 12_345))
  expect(await receivedBytes(folder, file)).toBe(12_345)
  const { address, ranges } = await serve((request, response) => sendRange(request, response, null))
  expect(readFileSync(await download(address, folder)).equals(content)).toBe(true)
  expect(ranges).toEqual(['bytes=12345-'])
  expect(await receivedBytes(folder, file)).toBe(content.length)
})

test('a server that knows no ranges begins anew, and the file is whole all the same', async () => {
  const folder = temporaryFolder()
  writeFileSync(partialPath(folder, file), content.subarray(0, 5000))
  const { address } = await serve((_request, response) => response.writeHead(200).end(content))
  expect(readFileSync(await download(address, folder)).equals(content)).toBe(true)
})

test('another range than the one asked for is thrown away', async () => {
  const folder = temporaryFolder()
  writeFileSync(partialPath(folder, file), content.subarray(0, 5000))
  const { address } = await serve((request, response, count) => {
    if (count > 1) return sendRange(request, response, null)
    response.writeHead(206, { 'content-range': 'bytes 100-19999/20000' }).end(content.subarray(100))
  })
  expect(readFileSync(await download(address, folder)).equals(content)).toBe(true)
})

test('a file with a wrong digest is refused with both digests and leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const wrong = Buffer.from(content)
  wrong[9999] ^= 1
  const { address } = await serve((request, response) => sendRange(request, response, null, wrong))
  const found = await download(address, folder).catch((cause: unknown) => cause)
  expect(found).toBeInstanceOf(FailureError)
  expect(String(found)).toContain(file.sha256)
  expect(String(found)).toContain(createHash('sha256').update(wrong).digest('hex'))
  expect(await receivedBytes(folder, file)).toBe(0)
})

test('an earlier part that was of something else is found out, and the next try brings the right file', async () => {
  const folder = temporaryFolder()
  writeFileSync(partialPath(folder, file), Buffer.alloc(4000, 1))
  const { address } = await serve((request, response) => sendRange(request, response, null))
  await expect(download(address, folder)).rejects.toThrow('not the pinned file')
  expect(readFileSync(await download(address, folder)).equals(content)).toBe(true)
})

test('a file that is larger than the pinned one is not taken in', async () => {
  const { address } = await serve((_request, response) => response.end(Buffer.concat([content, content])))
  await expect(download(address, temporaryFolder())).rejects.toThrow('larger than the pinned')
})

test('a server that sends nothing any more counts as a cut line', async () => {
  const folder = temporaryFolder()
  const { address, ranges } = await serve((request, response, count) => {
    if (count > 1) return sendRange(request, response, null)
    response.writeHead(200, { 'content-length': content.length })
    response.write(content.subarray(0, 1000)) // and then silence
  })
  const options = { address, file, folder, signal: new AbortController().signal, onBytes: () => {}, retryDelayMs: 1 }
  expect(readFileSync(await downloadPinned({ ...options, stallMs: 50 })).equals(content)).toBe(true)
  expect(ranges).toEqual([undefined, 'bytes=1000-'])
})

test('cancelling keeps what came, for the next time', async () => {
  const folder = temporaryFolder()
  const { address } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': content.length })
    response.write(content.subarray(0, 3000))
  })
  const cancelling = new AbortController()
  const onBytes = () => setImmediate(() => cancelling.abort())
  const coming = downloadPinned({ address, file, folder, signal: cancelling.signal, onBytes })
  await expect(coming).rejects.toBeInstanceOf(CancelledError)
  expect(await receivedBytes(folder, file)).toBe(3000)
})

test('a folder that takes no file is told as that, and not as a broken line', async () => {
  const { address, ranges } = await serve((request, response) => sendRange(request, response, null))
  const found = await download(address, join(temporaryFolder(), 'gone')).catch((cause: unknown) => cause)
  expect(found instanceof FailureError && found.failure.code).toBe('file-missing')
  expect(ranges).toHaveLength(1)
})

const wheel = { ...file, project: 'engine-cpu', targetOf: () => null }
const page = (request: IncomingMessage, response: ServerResponse): boolean => {
  if (request.url !== '/simple/engine-cpu/') return false
  response.end(`<a href="../../files/${file.name}#sha256=${file.sha256}">it</a>`)
  return true
}

test('the first index that has the file gives it; what the others said is told only when none has', async () => {
  const folder = temporaryFolder()
  const { address } = await serve((request, response) => {
    if (!page(request, response)) sendRange(request, response, null)
  })
  const broken = await serve((_request, response) => response.writeHead(503).end())
  const empty = await serve((_request, response) => response.end('<a href="other.whl">other</a>'))
  const [good, without, down] = [address, empty.address, broken.address].map((at) => new URL('/simple', at).href)
  const options = { folder, signal: new AbortController().signal, onBytes: () => {} }
  const path = await downloadWheel(wheel, { ...options, indexes: [down, without, good] })
  expect(readFileSync(path).equals(content)).toBe(true)
  const refused = await downloadWheel(wheel, { ...options, indexes: [down, without] }).catch((cause: unknown) => cause)
  expect(refused instanceof FailureError && refused.failure.details).toMatch(/answers 503.*does not list engine.whl/)
})

test('a company’s index comes before the public one', async () => {
  expect(await knownIndexes({ PIP_INDEX_URL: 'https://mirror.example/simple' }, new AbortController().signal)).toEqual([
    'https://mirror.example/simple',
    'https://pypi.org/simple',
  ])
})
