import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { CancelledError, failure, FailureError } from '../../../shared/base/errors.ts'

/** More entries than any wheel has. */
const MOST_ENTRIES = 200_000

/**
 * Unpacks the files of a zip that `targetOf` gives a path for, one by one, through little memory, each as a plain file
 * that was not there. Throws FailureError where the archive is damaged, would unpack to more than `mostBytes`, or holds
 * more entries than any wheel or one twice.
 */
export async function unpackZip(
  path: string,
  targetOf: (name: string) => string | null,
  mostBytes: number,
  onEntry: (fraction: number) => void,
): Promise<void> {
  try {
    await unpackWanted(path, targetOf, mostBytes, onEntry)
  } catch (cause) {
    if (cause instanceof FailureError || cause instanceof CancelledError || isOfTheDisk(cause)) throw cause
    throw unusable(cause instanceof Error ? cause.message : String(cause))
  }
}

async function unpackWanted(
  path: string,
  targetOf: (name: string) => string | null,
  mostBytes: number,
  onEntry: (fraction: number) => void,
): Promise<void> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  try {
    const wanted = await wantedOf(zip, targetOf)
    // The library ends an entry that turns out longer than it says.
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
    if (total > mostBytes) throw unusable(`it would unpack to ${total} bytes, and ${mostBytes} are expected at most`)
    let done = 0
    for (const { entry, target } of wanted) {
      await mkdir(dirname(target), { recursive: true })
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx' }))
      done += entry.uncompressedSize
      onEntry(done / Math.max(total, 1))
    }
  } finally {
    zip.close()
  }
}

/** A full disk, a folder that can't be written. That something stands where an entry goes is the archive's fault. */
const isOfTheDisk = (cause: unknown): boolean =>
  cause instanceof Error && 'syscall' in cause && 'code' in cause && !archiveFaults.has(String(cause.code))
const archiveFaults: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EINVAL'])

const unusable = (why: string): FailureError =>
  new FailureError(failure('engine-unavailable', `A downloaded archive can't be unpacked: ${why}.`, 'Try again.'))

interface Wanted {
  readonly entry: Entry
  readonly target: string
}

async function wantedOf(zip: ZipFile, targetOf: (name: string) => string | null): Promise<Wanted[]> {
  const wanted: Wanted[] = []
  let count = 0
  for await (const entry of zip.eachEntry()) {
    if (++count > MOST_ENTRIES) throw unusable(`it holds more than ${MOST_ENTRIES} entries`)
    const target = entry.fileName.endsWith('/') ? null : targetOf(entry.fileName)
    if (target !== null) wanted.push({ entry, target })
  }
  return wanted
}
