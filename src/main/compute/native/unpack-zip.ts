import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise, type Entry, type ZipFile } from 'yauzl'

/** Unpacks the files of a zip that `targetOf` gives a path for, one by one, through little memory. */
export async function unpackZip(
  path: string,
  targetOf: (name: string) => string | null,
  onEntry: (fraction: number) => void,
): Promise<void> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  try {
    const wanted = await wantedOf(zip, targetOf)
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
    let done = 0
    for (const { entry, target } of wanted) {
      await mkdir(dirname(target), { recursive: true })
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target))
      done += entry.uncompressedSize
      onEntry(done / Math.max(total, 1))
    }
  } finally {
    zip.close()
  }
}

interface Wanted {
  readonly entry: Entry
  readonly target: string
}

async function wantedOf(zip: ZipFile, targetOf: (name: string) => string | null): Promise<Wanted[]> {
  const wanted: Wanted[] = []
  for await (const entry of zip.eachEntry()) {
    const target = entry.fileName.endsWith('/') ? null : targetOf(entry.fileName)
    if (target !== null) wanted.push({ entry, target })
  }
  return wanted
}
