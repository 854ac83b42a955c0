import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { CancelledError, failure, FailureError } from '../../../shared/base/errors.ts'
import { fileFailure } from '../../files/file-operations.ts'

/** A file of which everything is known beforehand. */
export interface PinnedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export interface DownloadOptions {
  readonly address: string
  readonly file: PinnedFile
  readonly folder: string
  readonly signal: AbortSignal
  readonly onBytes: (receivedBytes: number) => void
  readonly retryDelayMs?: number
  readonly stallMs?: number
}

/** Tries in a row that brought nothing; one that brought a byte begins the count anew. */
const MOST_EMPTY_TRIES = 5
const RETRY_DELAY_MS = 1000
/** A line on which nothing comes for so long is cut. */
const STALL_MS = 60_000

export const partialPath = (folder: string, { name }: PinnedFile): string => join(folder, `${name}.part`)

/** What an earlier download left: bytes of the part, or all of them. */
export async function receivedBytes(folder: string, file: PinnedFile): Promise<number> {
  const whole = await sizeOf(join(folder, file.name))
  return whole === file.bytes ? whole : Math.min((await sizeOf(partialPath(folder, file))) ?? 0, file.bytes)
}

/**
 * Brings a pinned file, going on where an earlier try or an earlier start of the program was cut off. A server that
 * can't continue begins anew. The file gets its name only once its digest is right.
 * @returns its path. Throws FailureError for a wrong digest, CancelledError for the signal, Error for the line.
 */
export async function downloadPinned(options: DownloadOptions): Promise<string> {
  const { file, folder, signal, onBytes } = options
  const [path, part] = [join(folder, file.name), partialPath(folder, file)]
  if ((await sizeOf(path)) === file.bytes) await rename(path, part)
  for (let emptyTries = 0; ;) {
    if (signal.aborted) throw new CancelledError()
    const before = (await sizeOf(part)) ?? 0
    if (before === file.bytes) break
    if (before > file.bytes) await rm(part)
    let cause: unknown = new Error('the line was cut')
    try {
      await receive(options, part, before > file.bytes ? 0 : before)
    } catch (thrown) {
      if (signal.aborted) throw new CancelledError()
      if (thrown instanceof RefusedError || thrown instanceof FailureError) throw thrown
      cause = thrown
    }
    const after = (await sizeOf(part)) ?? 0
    if (after === file.bytes) break
    emptyTries = after > before ? 0 : emptyTries + 1
    if (emptyTries >= MOST_EMPTY_TRIES) throw cause
    if (emptyTries > 0) await sleep((options.retryDelayMs ?? RETRY_DELAY_MS) * 2 ** (emptyTries - 1))
  }
  onBytes(file.bytes)
  await requireDigest(part, file)
  await rename(part, path)
  return path
}

/** An answer that another try would not change. */
export class RefusedError extends Error {}

async function receive(options: DownloadOptions, part: string, from: number): Promise<void> {
  const { address, file, signal, onBytes } = options
  const stalled = new AbortController()
  const timer = setTimeout(() => stalled.abort(new Error('the line is dead')), options.stallMs ?? STALL_MS)
  try {
    const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) }
    const answer = await fetch(address, { headers, signal: AbortSignal.any([signal, stalled.signal]) })
    if (answer.status === 416) return await rm(part, { force: true })
    if (answer.status >= 400 && answer.status < 500)
      throw new RefusedError(`${hostOf(address)} answers ${answer.status}`)
    if (!answer.ok || answer.body === null) throw new Error(`${hostOf(address)} answers ${answer.status}`)
    const start = answer.status === 206 ? rangeStart(answer.headers.get('content-range')) : 0
    // Another range than the one asked for fits nowhere; the next try begins at its own start.
    if (start !== 0 && start !== from) return await rm(part, { force: true })
    await append(part, start, answer.body.getReader(), file, (received) => {
      timer.refresh()
      onBytes(received)
    })
  } finally {
    clearTimeout(timer)
  }
}

/** Chunk by chunk, so that what came before a cut is on the disk. */
async function append(
  part: string,
  start: number,
  reader: { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> },
  file: PinnedFile,
  onReceived: (received: number) => void,
): Promise<void> {
  // The disk is not the line: what it refuses is told, and no other try made.
  const orTell = (cause: unknown): never => {
    throw new FailureError(fileFailure(cause, part, 'write'))
  }
  const handle = await open(part, start === 0 ? 'w' : 'a').catch(orTell)
  try {
    for (let received = start; ;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return
      received += value.length
      if (received > file.bytes) throw new RefusedError(`the download is larger than the pinned ${file.name}`)
      await handle.writeFile(value).catch(orTell)
      onReceived(received)
    }
  } finally {
    await handle.close()
  }
}

/** "bytes 100-199/200"; NaN for anything else. */
const rangeStart = (header: string | null): number => Number(/^bytes (\d+)-/.exec(header ?? '')?.[1] ?? NaN)
const hostOf = (address: string): string => new URL(address).host

/** Throws FailureError, with the file removed: what is wrong is not gone on with. */
export async function requireDigest(path: string, { name, sha256 }: PinnedFile): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const found = hash.digest('hex')
  if (found === sha256) return
  await rm(path, { force: true })
  const message = `${name} is not the pinned file: expected SHA-256 ${sha256}, found ${found}.`
  throw new FailureError(
    failure('engine-unavailable', message, 'Nothing was installed. Try again, or ask whoever keeps the Python index.'),
  )
}

const sizeOf = async (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  )
