import type { CodedInfo } from './coded-info.ts'
import { decodeLatin } from '../text.ts'

/** What the MP3's first frame tells, with how many bytes of audio its Xing/Info tag promises (null without one). */
export interface Mp3Info extends CodedInfo {
  readonly promisedBytes: number | null
}

const mp3RatesHz: Readonly<Record<number, readonly number[]>> = {
  3: [44_100, 48_000, 32_000], // MPEG 1
  2: [22_050, 24_000, 16_000], // MPEG 2
  0: [11_025, 12_000, 8000], // MPEG 2.5
}

/**
 * The first frame of an MP3: its header, and the Xing/Info tag with LAME's extension, by which encoder delay and
 * padding are known. `bytes` begins at the frame; 256 of them are enough. Null when it is no frame of layer III.
 */
export function parseMp3Info(bytes: Uint8Array): Mp3Info | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || (bytes[1] & 0xe6) !== 0xe2) return null
  const version = (bytes[1] >> 3) & 3
  const rateHz = mp3RatesHz[version]?.[(bytes[2] >> 2) & 3]
  if (rateHz === undefined) return null
  const isMono = bytes[3] >> 6 === 3
  const sideInfoBytes = version === 3 ? (isMono ? 17 : 32) : isMono ? 9 : 17
  const tag = parseXing(bytes.subarray(4 + sideInfoBytes), version === 3 ? 1152 : 576)
  return {
    rateHz,
    channelCount: isMono ? 1 : 2,
    promisedSamples: tag?.samples ?? null,
    promisedBytes: tag?.bytes ?? null,
    integerBits: null,
    isLengthExact: tag?.isExact ?? false,
  }
}

function parseXing(
  bytes: Uint8Array,
  samplesPerFrame: number,
): { samples: number | null; bytes: number | null; isExact: boolean } | null {
  const name = decodeLatin(bytes.subarray(0, 4))
  if ((name !== 'Xing' && name !== 'Info') || bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint32(4)
  let position = 8
  const take = (flag: number, size: number): number | null => {
    if ((flags & flag) === 0 || position + size > bytes.length) return null
    position += size
    return view.getUint32(position - size)
  }
  const frameCount = take(1, 4)
  const byteCount = take(2, 4)
  take(4, 100)
  take(8, 4)
  // LAME's extension: 9 bytes of encoder name, and 12 bytes further 12 bits of delay and 12 of padding.
  const lame = bytes.subarray(position, position + 24)
  const isExact = lame.length === 24 && lame[0] >= 0x20
  const delay = isExact ? (lame[21] << 4) | (lame[22] >> 4) : 0
  const padding = isExact ? ((lame[22] & 15) << 8) | lame[23] : 0
  // Without LAME's numbers decoders differ by a frame: no promise then.
  return {
    samples: frameCount === null || !isExact ? null : Math.max(0, frameCount * samplesPerFrame - delay - padding),
    bytes: byteCount,
    isExact: isExact && frameCount !== null,
  }
}
