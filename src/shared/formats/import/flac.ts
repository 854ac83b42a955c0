import type { CodedInfo } from './coded-info.ts'

/** The STREAMINFO block, which must come first in a FLAC stream; `bytes` begins with `fLaC`. Null when it is none. */
export function parseFlacInfo(bytes: Uint8Array): CodedInfo | null {
  if (bytes.length < 26 || (bytes[4] & 0x7f) !== 0) return null
  const rateHz = (bytes[18] << 12) | (bytes[19] << 4) | (bytes[20] >> 4)
  const totalSamples =
    (bytes[21] & 15) * 2 ** 32 + bytes[22] * 2 ** 24 + ((bytes[23] << 16) | (bytes[24] << 8) | bytes[25])
  return {
    rateHz,
    channelCount: ((bytes[20] >> 1) & 7) + 1,
    promisedSamples: totalSamples === 0 ? null : totalSamples,
    integerBits: (((bytes[20] & 1) << 4) | (bytes[21] >> 4)) + 1,
    isLengthExact: true,
  }
}
