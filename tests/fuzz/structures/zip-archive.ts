import { crc32, deflateRawSync } from 'node:zlib'
import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { extremeNumber, pick } from '../engine/mutate.ts'
import { hostileText } from './hostile-text.ts'
import { varyParts } from './parts.ts'

/** An entry as a writer without scruples puts it down: every number may be a lie. */
export interface ZipEntry {
  readonly name: Uint8Array
  /** As it lies in the archive. */
  readonly data: Uint8Array
  readonly method: number
  readonly crc: number
  readonly sizeBytes: number
  /** Upper half: the file's mode on Unix. */
  readonly attributes: number
}

export function entryOf(name: string, text: string, mode = 0o100644): ZipEntry {
  const bytes = encodeUtf8(text)
  return {
    name: encodeUtf8(name),
    data: deflateRawSync(bytes),
    method: 8,
    crc: crc32(bytes),
    sizeBytes: bytes.length,
    attributes: mode * 0x10000,
  }
}

const fields = (size: number, values: readonly (readonly [number, 2 | 4, number])[]): Uint8Array => {
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  for (const [at, width, value] of values) {
    if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
  }
  return bytes
}

/** Local headers with their data, the directory, its end (PKWARE's application note, 4.3). */
export function writeZip(entries: readonly ZipEntry[], claimedCount = entries.length): Uint8Array {
  const locals: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, data, method, crc, sizeBytes, attributes } of entries) {
    const common = (at: number) =>
      [[at, 2, 20], [at + 2, 2, 0x800], [at + 4, 2, method], [at + 10, 4, crc], [at + 14, 4, data.length], [at + 18, 4, sizeBytes], [at + 22, 2, name.length]] as const // prettier-ignore
    locals.push(fields(30, [[0, 4, 0x04034b50], ...common(4)]), name, data)
    directory.push(fields(46, [[0, 4, 0x02014b50], [4, 2, 0x031e], ...common(6), [38, 4, attributes], [42, 4, offset]]), name) // prettier-ignore
    offset += 30 + name.length + data.length
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0)
  const end = fields(22, [[0, 4, 0x06054b50], [8, 2, claimedCount], [10, 2, claimedCount], [12, 4, directoryBytes], [16, 4, offset]]) // prettier-ignore
  return concatenated([...locals, ...directory, end], Uint8Array)
}

/** Entries of an archive that `writeZip` wrote; none of another. */
function readZip(file: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const entries: ZipEntry[] = []
  for (let at = 0; at + 30 <= file.length && view.getUint32(at, true) === 0x04034b50 && entries.length < 500;) {
    const [dataBytes, nameBytes] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)]
    if (at + 30 + nameBytes + dataBytes > file.length) break
    const name = file.slice(at + 30, at + 30 + nameBytes)
    const data = file.slice(at + 30 + nameBytes, at + 30 + nameBytes + dataBytes)
    entries.push({ name, data, method: view.getUint16(at + 8, true), crc: view.getUint32(at + 14, true), sizeBytes: view.getUint32(at + 22, true), attributes: 0o100644 * 0x10000 }) // prettier-ignore
    at += 30 + nameBytes + dataBytes
  }
  return entries
}

/** Megabytes of zeros in kilobytes. */
const bomb = entryOf('nvidia/bomb/lib/bomb.so', '\0'.repeat(8 << 20))

export function varyZip(file: Uint8Array, random: Random): Uint8Array | null {
  const entries = readZip(file)
  if (entries.length === 0) return null
  const varied = varyParts(
    entries,
    random,
    (entry) => varyEntry(entry, random),
    ({ data, name }) => data.length + name.length + 76,
  )
  return writeZip(
    random.integer(12) === 0 ? [...varied, bomb] : varied,
    random.integer(10) === 0 ? extremeNumber(random) : varied.length,
  )
}

function varyEntry(entry: ZipEntry, random: Random): ZipEntry {
  const text = hostileText(random).toWellFormed()
  const name = decodeUtf8(entry.name)
  const names = [text, `nvidia/${text}/lib/x.so`, `nvidia/cublas/lib/${text}.so`, `${name}/${text}`, `${text}/${name}`, name.toUpperCase(), `${text}.dist-info/License.txt`, `tensorflow/include/tensorflow/${text}.h`] // prettier-ignore
  return pick<() => ZipEntry>(random, [
    () => ({ ...entry, name: encodeUtf8(pick(random, names)) }),
    () => ({ ...entry, name: encodeUtf8(pick(random, names)) }),
    () => ({ ...entry, attributes: pick(random, [0o120777, 0o040755, 0o060644, 0o100777]) * 0x10000 }),
    () => ({ ...entry, sizeBytes: extremeNumber(random) }),
    () => ({ ...entry, crc: extremeNumber(random) }),
    () => ({ ...entry, method: pick(random, [0, 1, 9, 12, 99]) }),
    () => ({ ...bomb, name: entry.name, sizeBytes: pick(random, [bomb.sizeBytes, 5, 0xffffffff]) }),
  ])()
}
