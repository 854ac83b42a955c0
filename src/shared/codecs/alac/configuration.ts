/** What an Apple Lossless file says of its frames (ALACSpecificConfig, 24 bytes). */
export interface AlacConfiguration {
  readonly rateHz: number
  readonly channelCount: number
  readonly bitDepth: number
  readonly frameSamples: number
  /** How the code of the residuals begins, how fast it adapts, and how long its words may grow. */
  readonly initialHistory: number
  readonly historyRate: number
  readonly longestWordBits: number
}

/** Frames are short; anything above is no sound. */
const LONGEST_FRAME_SAMPLES = 65_536
const DEPTHS = [16, 20, 24, 32]

/** Null where it is none. */
export function readAlacConfiguration(bytes: Uint8Array): AlacConfiguration | null {
  if (bytes.length < 24) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const configuration = {
    frameSamples: view.getUint32(0),
    bitDepth: view.getUint8(5),
    historyRate: view.getUint8(6),
    initialHistory: view.getUint8(7),
    longestWordBits: view.getUint8(8),
    channelCount: view.getUint8(9),
    rateHz: view.getUint32(20),
  }
  const { frameSamples, bitDepth, longestWordBits, channelCount, rateHz } = configuration
  const isWithin =
    frameSamples > 0 &&
    frameSamples <= LONGEST_FRAME_SAMPLES &&
    DEPTHS.includes(bitDepth) &&
    longestWordBits > 0 &&
    longestWordBits <= 16 &&
    channelCount > 0 &&
    rateHz > 0
  return isWithin ? configuration : null
}
