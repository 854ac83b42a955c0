import { aacRatesHz } from '../../codecs/aac/bands.ts'
import { channelCountOf } from '../../codecs/aac/configuration.ts'

/** The head before each frame of a bare AAC stream (ISO/IEC 14496-3, 1.A.2.2). */
export interface AdtsHead {
  readonly rateHz: number
  readonly channelCount: number
  readonly isLowComplexity: boolean
  /** Of the head itself, its checksum among them. */
  readonly headBytes: number
  /** Of the head and its frame. */
  readonly sizeBytes: number
  /** More than one where several blocks share a head; these are not read. */
  readonly blockCount: number
}

export const ADTS_HEAD_BYTES = 7
const LOW_COMPLEXITY = 1

/** Null where `bytes` does not begin with such a head. */
export function parseAdtsHead(bytes: Uint8Array): AdtsHead | null {
  if (bytes.length < ADTS_HEAD_BYTES || bytes[0] !== 0xff || (bytes[1] & 0xf6) !== 0xf0) return null
  const rateHz = aacRatesHz[(bytes[2] >> 2) & 15]
  const sizeBytes = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5)
  const headBytes = (bytes[1] & 1) === 1 ? ADTS_HEAD_BYTES : ADTS_HEAD_BYTES + 2
  if (rateHz === undefined || sizeBytes <= headBytes) return null
  return {
    rateHz,
    channelCount: channelCountOf(((bytes[2] & 1) << 2) | (bytes[3] >> 6)),
    isLowComplexity: bytes[2] >> 6 === LOW_COMPLEXITY,
    headBytes,
    sizeBytes,
    blockCount: (bytes[6] & 3) + 1,
  }
}
