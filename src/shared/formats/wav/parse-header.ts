import { failure } from '../../base/errors.ts'
import type { Result } from '../../base/result.ts'
import { failed, ok } from '../../base/result.ts'
import type { Hertz, Samples } from '../../units/time.ts'
import { decodeLatin } from '../text.ts'
import type { WavEncoding } from './encoding.ts'
import { bytesPerSample } from './encoding.ts'

/** Reads up to `count` bytes at a position; fewer at the end of the file. */
export type ReadBytes = (startBytes: number, count: number) => Uint8Array

export interface WavHeader {
  readonly rateHz: Hertz
  readonly channelCount: number
  readonly encoding: WavEncoding
  readonly dataStartBytes: number
  /** What the header says; null where the writer did not know (a WAV written into a pipe). */
  readonly promisedSamples: Samples | null
  /** Whole frames that the file really holds. */
  readonly availableSamples: Samples
  /** Every other chunk, for whoever wants the metadata. */
  readonly chunks: readonly WavChunk[]
}

export interface WavChunk {
  readonly id: string
  readonly startBytes: number
  readonly sizeBytes: number
}

export const isTruncated = (header: WavHeader): boolean =>
  header.promisedSamples !== null && header.availableSamples < header.promisedSamples

/** Sizes that writers put where they cannot seek back: FFmpeg 2^32 − 1, SoX 2^31 − 4096 down to a whole frame. */
const isUnknownSize = (sizeBytes: number): boolean =>
  sizeBytes === 0xffffffff || (sizeBytes > 0x7ffff000 - 256 && sizeBytes <= 0x7ffff000)
/** A file with more chunks before its data than this is not audio. */
const chunkCountLimit = 10_000
const formatNames: Readonly<Record<number, string>> = {
  0x0002: 'Microsoft ADPCM',
  0x0006: 'A-law',
  0x0007: 'µ-law',
  0x0011: 'IMA ADPCM',
  0x0031: 'GSM 6.10',
  0x0055: 'MP3',
}

/** RIFF, RF64 or BW64 with integer or float samples, plain or extensible. Sizes in the file are never trusted. */
export function parseWavHeader(readBytes: ReadBytes, fileBytes: number): Result<WavHeader> {
  const container = decodeLatin(readBytes(0, 12))
  const isLarge = container.startsWith('RF64') || container.startsWith('BW64')
  if (!(isLarge || container.startsWith('RIFF')) || !container.endsWith('WAVE')) {
    return failed(failure('audio-unreadable', 'This is not a WAV file: it does not begin with RIFF … WAVE.'))
  }
  const chunks: WavChunk[] = []
  let largeDataBytes: number | null = null
  let format: WavFormat | null = null
  let position = 12
  while (position + 8 <= fileBytes && chunks.length < chunkCountLimit) {
    const head = readBytes(position, 8)
    const id = decodeLatin(head.subarray(0, 4))
    const sizeBytes = viewOf(head).getUint32(4, true)
    const startBytes = position + 8
    if (id === 'ds64') largeDataBytes = parseLargeSize(readBytes(startBytes, 16))
    if (id === 'fmt ') {
      const parsed = parseFormat(readBytes(startBytes, Math.min(sizeBytes, 40)))
      if (!parsed.ok) return parsed
      format = parsed.value
    }
    if (id === 'data') {
      if (format === null) return unreadable('its data comes before its format')
      const promisedBytes = promisedDataBytes(
        sizeBytes,
        isLarge ? largeDataBytes : null,
        startBytes,
        fileBytes,
        readBytes,
      )
      const tail = promisedBytes === null ? [] : chunksAfter(readBytes, startBytes + promisedBytes, fileBytes)
      return ok(describe(format, startBytes, promisedBytes, fileBytes, [...chunks, ...tail]))
    }
    chunks.push({ id, startBytes, sizeBytes })
    position = startBytes + sizeBytes + (sizeBytes % 2)
  }
  return unreadable(format === null ? 'it has no format chunk' : 'it has no data chunk')
}

interface WavFormat {
  readonly rateHz: Hertz
  readonly channelCount: number
  readonly encoding: WavEncoding
}

function parseFormat(bytes: Uint8Array): Result<WavFormat> {
  if (bytes.length < 16) return unreadable('its format chunk is shorter than 16 bytes')
  const view = viewOf(bytes)
  const isExtensible = view.getUint16(0, true) === 0xfffe
  if (isExtensible && bytes.length < 26) return unreadable('its extensible format chunk is cut short')
  const tag = isExtensible ? view.getUint16(24, true) : view.getUint16(0, true)
  const channelCount = view.getUint16(2, true)
  const rateHz = view.getUint32(4, true)
  const frameBytes = view.getUint16(12, true)
  const bits = view.getUint16(14, true)
  const encoding = encodingOf(tag, bits)
  if (encoding === null) {
    const name = tag === 1 ? `${bits}-bit integers` : (formatNames[tag] ?? `format ${tag}, ${bits} bits`)
    return unreadable(`its samples are ${name}; integers of 8, 16, 24 or 32 bits and floats of 32 or 64 can be read`)
  }
  if (channelCount === 0) return unreadable('it has no channels')
  if (rateHz === 0) return unreadable('its sample rate is 0')
  if (frameBytes !== channelCount * bytesPerSample[encoding]) {
    return unreadable(
      `one frame is ${frameBytes} bytes by its header, but ${channelCount} × ${bytesPerSample[encoding]} by its format`,
    )
  }
  return ok({ rateHz, channelCount, encoding })
}

/** Samples of e.g. 20 valid bits lie left-justified in the next whole number of bytes. */
function encodingOf(tag: number, bits: number): WavEncoding | null {
  if (tag === 3) return bits === 32 ? 'float32' : bits === 64 ? 'float64' : null
  if (tag !== 1 || bits === 0) return null
  return ([null, 'uint8', 'int16', 'int24', 'int32'] as const)[Math.ceil(bits / 8)] ?? null
}

/** Null: the writer did not know. A size of 0 before bytes that are no chunk is a recording that was cut off. */
function promisedDataBytes(
  sizeBytes: number,
  largeDataBytes: number | null,
  startBytes: number,
  fileBytes: number,
  readBytes: ReadBytes,
): number | null {
  if (largeDataBytes !== null && sizeBytes === 0xffffffff) return largeDataBytes
  if (isUnknownSize(sizeBytes)) return null
  if (sizeBytes === 0 && startBytes < fileBytes && !looksLikeChunk(readBytes(startBytes, 8), fileBytes - startBytes)) {
    return null
  }
  return sizeBytes
}

function looksLikeChunk(head: Uint8Array, remainingBytes: number): boolean {
  if (head.length < 8) return false
  const isPrintable = head.subarray(0, 4).every((byte) => byte >= 0x20 && byte < 0x7f)
  return isPrintable && viewOf(head).getUint32(4, true) + 8 <= remainingBytes
}

function chunksAfter(readBytes: ReadBytes, startBytes: number, fileBytes: number): WavChunk[] {
  const chunks: WavChunk[] = []
  let position = startBytes + (startBytes % 2)
  while (position + 8 <= fileBytes && chunks.length < chunkCountLimit) {
    const head = readBytes(position, 8)
    const sizeBytes = viewOf(head).getUint32(4, true)
    chunks.push({ id: decodeLatin(head.subarray(0, 4)), startBytes: position + 8, sizeBytes })
    position += 8 + sizeBytes + (sizeBytes % 2)
  }
  return chunks
}

function describe(
  format: WavFormat,
  dataStartBytes: number,
  promisedBytes: number | null,
  fileBytes: number,
  chunks: readonly WavChunk[],
): WavHeader {
  const frameBytes = format.channelCount * bytesPerSample[format.encoding]
  const heldBytes = fileBytes - dataStartBytes
  return {
    ...format,
    dataStartBytes,
    promisedSamples: promisedBytes === null ? null : Math.floor(promisedBytes / frameBytes),
    availableSamples: Math.floor(Math.min(promisedBytes ?? heldBytes, heldBytes) / frameBytes),
    chunks,
  }
}

/** The data size of a `ds64` chunk: 64 bits, of which 53 are more than any disk holds. */
function parseLargeSize(bytes: Uint8Array): number | null {
  if (bytes.length < 16) return null
  const size = viewOf(bytes).getBigUint64(8, true)
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : null
}

const unreadable = (reason: string): Result<never> =>
  failed(failure('audio-unreadable', `This WAV file cannot be read: ${reason}.`))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
