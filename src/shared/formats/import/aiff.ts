import { failure } from '../../base/errors.ts'
import type { Result } from '../../base/result.ts'
import { failed, ok } from '../../base/result.ts'
import type { Hertz, Samples } from '../../units/time.ts'
import { decodeLatin } from '../text.ts'
import type { ReadBytes } from '../wav/parse-header.ts'

export interface AiffHeader {
  readonly rateHz: Hertz
  readonly channelCount: number
  readonly sample: AiffSample
  readonly dataStartBytes: number
  readonly promisedSamples: Samples
  readonly availableSamples: Samples
}

export interface AiffSample {
  readonly kind: 'integer' | 'float'
  readonly bytes: 1 | 2 | 3 | 4 | 8
  readonly isLittleEndian: boolean
}

/** A file with more chunks than this before its sound is not audio. */
const chunkCountLimit = 10_000

/** AIFF and AIFF-C with integer or float samples. Sizes in the file are never trusted. */
export function parseAiffHeader(readBytes: ReadBytes, fileBytes: number): Result<AiffHeader> {
  const isCompressedForm = decodeLatin(readBytes(8, 4)) === 'AIFC'
  let common: Common | null = null
  let soundStart: number | null = null
  let position = 12
  for (let count = 0; position + 8 <= fileBytes && count < chunkCountLimit; count++) {
    const head = readBytes(position, 8)
    const id = decodeLatin(head.subarray(0, 4))
    const sizeBytes = viewOf(head).getUint32(4)
    if (id === 'COMM') {
      const parsed = parseCommon(readBytes(position + 8, Math.min(sizeBytes, 22)), isCompressedForm)
      if (!parsed.ok) return parsed
      common = parsed.value
    }
    if (id === 'SSND' && position + 16 <= fileBytes) {
      soundStart = position + 16 + viewOf(readBytes(position + 8, 4)).getUint32(0)
    }
    if (common !== null && soundStart !== null) break
    position += 8 + sizeBytes + (sizeBytes % 2)
  }
  if (common === null) return unreadable('it has no COMM chunk')
  if (soundStart === null && common.promisedSamples > 0) return unreadable('it has no SSND chunk')
  const frameBytes = common.channelCount * common.sample.bytes
  const dataStartBytes = soundStart ?? fileBytes
  const heldSamples = Math.max(0, Math.floor((fileBytes - dataStartBytes) / frameBytes))
  return ok({ ...common, dataStartBytes, availableSamples: Math.min(common.promisedSamples, heldSamples) })
}

/** Interleaved bytes → one array per channel, full scale at ±1. */
export function decodeAiffSamples(bytes: Uint8Array, sample: AiffSample, channelCount: number): Float32Array[] {
  const frameBytes = sample.bytes * channelCount
  const frameCount = Math.floor(bytes.length / frameBytes)
  const read = sampleReader(viewOf(bytes), sample)
  return Array.from({ length: channelCount }, (_, channelIndex) =>
    Float32Array.from({ length: frameCount }, (_, frame) => read(frame * frameBytes + channelIndex * sample.bytes)),
  )
}

type Common = Pick<AiffHeader, 'rateHz' | 'channelCount' | 'sample' | 'promisedSamples'>

function parseCommon(bytes: Uint8Array, isCompressedForm: boolean): Result<Common> {
  if (bytes.length < 18) return unreadable('its COMM chunk is too short')
  const view = viewOf(bytes)
  const channelCount = view.getUint16(0)
  const rateHz = Math.round(readExtended(view, 8))
  const compression = isCompressedForm && bytes.length >= 22 ? decodeLatin(bytes.subarray(18, 22)) : 'NONE'
  const sample = sampleOf(compression, view.getUint16(6))
  if (sample === null) return unreadable(`its samples are compressed as “${compression}”`)
  if (channelCount === 0) return unreadable('it has no channels')
  if (!Number.isFinite(rateHz) || rateHz <= 0) return unreadable('its sample rate is not a number above 0')
  return ok({ rateHz, channelCount, sample, promisedSamples: view.getUint32(2) })
}

function sampleOf(compression: string, bits: number): AiffSample | null {
  const integerBytes = ([null, 1, 2, 3, 4] as const)[Math.ceil(bits / 8)] ?? null
  switch (compression) {
    case 'NONE':
    case 'twos':
    case 'in24':
    case 'in32':
    case 'sowt':
      if (integerBytes === null) return null
      return { kind: 'integer', bytes: integerBytes, isLittleEndian: compression === 'sowt' }
    case 'fl32':
    case 'FL32':
      return { kind: 'float', bytes: 4, isLittleEndian: false }
    case 'fl64':
    case 'FL64':
      return { kind: 'float', bytes: 8, isLittleEndian: false }
    default:
      return null
  }
}

function sampleReader(view: DataView, { kind, bytes, isLittleEndian }: AiffSample): (offset: number) => number {
  if (kind === 'float') {
    return bytes === 8
      ? (offset) => view.getFloat64(offset, isLittleEndian)
      : (offset) => view.getFloat32(offset, isLittleEndian)
  }
  switch (bytes) {
    case 1:
      return (offset) => view.getInt8(offset) / 2 ** 7
    case 2:
      return (offset) => view.getInt16(offset, isLittleEndian) / 2 ** 15
    case 3:
      return (offset) => readInt24(view, offset, isLittleEndian) / 2 ** 23
    default:
      return (offset) => view.getInt32(offset, isLittleEndian) / 2 ** 31
  }
}

const readInt24 = (view: DataView, offset: number, isLittleEndian: boolean): number =>
  isLittleEndian
    ? view.getUint16(offset, true) + view.getInt8(offset + 2) * 65536
    : view.getInt8(offset) * 65536 + view.getUint16(offset + 1)

/** The 80-bit float by which AIFF gives its rate: sign and exponent, then 64 bits of mantissa. */
function readExtended(view: DataView, offset: number): number {
  const exponent = view.getUint16(offset) & 0x7fff
  const mantissa = view.getUint32(offset + 2) * 2 ** 32 + view.getUint32(offset + 6)
  return exponent === 0x7fff ? NaN : mantissa * 2 ** (exponent - 16383 - 63)
}

const unreadable = (reason: string): Result<never> =>
  failed(failure('audio-unreadable', `This AIFF file cannot be read: ${reason}.`))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
