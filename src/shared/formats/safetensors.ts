import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { decodeUtf8, encodeUtf8 } from './text.ts'

/**
 * The safetensors container (huggingface.co/docs/safetensors): 8 bytes of header length, a JSON header with every
 * tensor's type, shape and place, then the numbers, little-endian. Any tool reads it, none executes it.
 */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, RawTensor>
  readonly metadata: Readonly<Record<string, string>>
}

export interface RawTensor {
  readonly type: TensorType
  readonly shape: readonly number[]
  /** Little-endian, row-major; a view into the file where it was read. */
  readonly bytes: Uint8Array
}

const bytesPerNumber = { F32: 4, F16: 2, U8: 1, I32: 4 } as const
export type TensorType = keyof typeof bytesPerNumber

const LENGTH_BYTES = 8
const LARGEST_HEADER_BYTES = 1 << 20
const MOST_TENSORS = 4096
const MOST_AXES = 8
/** The numbers start at a multiple of this, as other writers do it. */
const HEADER_ALIGNMENT = 8
const METADATA_NAME = '__metadata__'

export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array {
  const header: Record<string, unknown> = { [METADATA_NAME]: metadata }
  let dataBytes = 0
  for (const [name, { type, shape, bytes }] of tensors) {
    header[name] = { dtype: type, shape, data_offsets: [dataBytes, dataBytes + bytes.length] }
    dataBytes += bytes.length
  }
  const text = encodeUtf8(JSON.stringify(header))
  const headerBytes = Math.ceil(text.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes)
  file.set(text, LENGTH_BYTES)
  let at = LENGTH_BYTES + headerBytes
  for (const { bytes } of tensors.values()) {
    file.set(bytes, at)
    at += bytes.length
  }
  return file
}

/** Takes apart hostile bytes: nothing is believed, nothing larger than the file itself is allocated, nothing throws. */
export function readSafetensors(file: Uint8Array): Result<SafetensorsFile> {
  const start = readHeader((startBytes, count) => file.subarray(startBytes, startBytes + count))
  if (!start.ok) return start
  const { header, endBytes } = start.value
  const data = file.subarray(endBytes)
  const names = Object.keys(header).filter((name) => name !== METADATA_NAME)
  if (names.length > MOST_TENSORS) return invalid(`it claims ${names.length} tensors`)

  const tensors = new Map<string, RawTensor>()
  let end = 0
  const entries = names.map((name) => ({ name, entry: parseEntry(header[name]) }))
  entries.sort((a, b) => (a.entry?.start ?? 0) - (b.entry?.start ?? 0))
  for (const { name, entry } of entries) {
    if (entry === null) return invalid(`tensor ${quote(name)} is not described as the format asks`)
    if (entry.start !== end || entry.end > data.length) return invalid(`tensor ${quote(name)} lies outside its place`)
    end = entry.end
    tensors.set(name, { type: entry.type, shape: entry.shape, bytes: data.subarray(entry.start, entry.end) })
  }
  if (end !== data.length) return invalid(`${data.length - end} bytes belong to no tensor`)
  const metadata = parseMetadata(header[METADATA_NAME])
  return metadata === null ? noMetadata : ok({ tensors, metadata })
}

/** Up to `count` bytes of a file; fewer only where it ends. */
export type ReadBytes = (startBytes: number, count: number) => Uint8Array

/** What a hostile file says of itself: nothing behind its header is read, however large it is. */
export function readSafetensorsMetadata(read: ReadBytes): Result<SafetensorsFile['metadata']> {
  const start = readHeader(read)
  if (!start.ok) return start
  const metadata = parseMetadata(start.value.header[METADATA_NAME])
  return metadata === null ? noMetadata : ok(metadata)
}

/**
 * Single precision out of a tensor's bytes, wherever they lie. Copied by constructor: `slice` of Node's Buffer does not
 * copy, and would show its whole pool.
 */
export const readFloats = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)
export const floatBytes = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

interface Entry {
  readonly type: TensorType
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

interface Header {
  readonly header: Readonly<Record<string, unknown>>
  /** Where the numbers start. */
  readonly endBytes: number
}

function readHeader(read: ReadBytes): Result<Header> {
  const length = read(0, LENGTH_BYTES)
  if (length.length < LENGTH_BYTES) return invalid(`it has ${length.length} bytes, too few for a header`)
  const headerBytes = Number(new DataView(length.buffer, length.byteOffset).getBigUint64(0, true))
  if (headerBytes > LARGEST_HEADER_BYTES) return invalid(`its header claims ${headerBytes} bytes`)
  const text = read(LENGTH_BYTES, headerBytes)
  if (text.length < headerBytes) return invalid(`its header is cut off`)
  const header = parseHeader(text)
  return header === null
    ? invalid('its header is not a JSON object')
    : ok({ header, endBytes: LENGTH_BYTES + headerBytes })
}

function parseEntry(unparsed: unknown): Entry | null {
  if (!isRecord(unparsed)) return null
  const { dtype, shape, data_offsets: offsets } = unparsed
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesPerNumber, dtype)) return null
  const type = dtype as TensorType // an own key of the table
  if (!isCounts(shape) || shape.length > MOST_AXES || !isCounts(offsets) || offsets.length !== 2) return null
  const [start, end] = offsets
  const size = shape.reduce((product, length) => product * length, bytesPerNumber[type])
  return Number.isSafeInteger(size) && end - start === size ? { type, shape, start, end } : null
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(decodeUtf8(bytes))
    return isRecord(parsed) ? parsed : null
  } catch {
    return null // not text, or not JSON: the caller says so
  }
}

function parseMetadata(unparsed: unknown): Record<string, string> | null {
  if (unparsed === undefined) return {}
  if (!isRecord(unparsed)) return null
  const metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(unparsed)) {
    if (typeof value !== 'string') return null
    metadata[name] = value
  }
  return metadata
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
const quote = (name: string) => JSON.stringify(name.slice(0, 80))
const invalid = (why: string): Result<never> =>
  failed(failure('checkpoint-invalid', `This is no readable safetensors file: ${why}.`))
const noMetadata = invalid('its metadata is not a list of texts')
