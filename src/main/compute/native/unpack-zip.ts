import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

/** Little-endian fields of the zip format (APPNOTE 6.3.9), as far as a wheel uses them. */
const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8
/** The end record may be followed by a comment. */
const LONGEST_TAIL_BYTES = 65_557

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly compressedBytes: number
  readonly bytes: number
  readonly headerAt: number
}

/** Unpacks the files of a zip that `targetOf` gives a path for, one by one, through little memory. */
export async function unpackZip(
  path: string,
  targetOf: (name: string) => string | null,
  onEntry: (fraction: number) => void,
): Promise<void> {
  const wanted = (await listZip(path)).flatMap((entry) => {
    const target = targetOf(entry.name)
    return target === null || entry.name.endsWith('/') ? [] : [{ entry, target }]
  })
  const total = wanted.reduce((sum, { entry }) => sum + entry.bytes, 0)
  let done = 0
  for (const { entry, target } of wanted) {
    await unpackEntry(path, entry, target)
    done += entry.bytes
    onEntry(done / Math.max(total, 1))
  }
}

export async function listZip(path: string): Promise<ZipEntry[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tailBytes = Math.min(size, LONGEST_TAIL_BYTES)
    const tail = Buffer.alloc(tailBytes)
    await file.read(tail, 0, tailBytes, size - tailBytes)
    let end = tailBytes - END_BYTES
    while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end--
    if (end < 0) throw new Error(`“${path}” is no zip file`)
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12))
    await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    return readDirectory(directory)
  } finally {
    await file.close()
  }
}

function readDirectory(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE;) {
    const nameBytes = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    })
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function unpackEntry(path: string, entry: ZipEntry, target: string): Promise<void> {
  const file = await open(path)
  const local = Buffer.alloc(LOCAL_BYTES)
  try {
    await file.read(local, 0, LOCAL_BYTES, entry.headerAt)
  } finally {
    await file.close()
  }
  const start = entry.headerAt + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
  mkdirSync(dirname(target), { recursive: true })
  if (entry.compressedBytes === 0) return writeFile(target, '')
  const output = createWriteStream(target)
  const input = createReadStream(path, { start, end: start + entry.compressedBytes - 1 })
  if (entry.method === STORED) return pipeline(input, output)
  if (entry.method === DEFLATED) return pipeline(input, createInflateRaw(), output)
  throw new Error(`“${entry.name}” is packed by method ${entry.method}, which is not understood`)
}
