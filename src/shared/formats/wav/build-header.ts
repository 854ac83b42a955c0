import { concatenated } from '../../base/concatenated.ts'
import type { Hertz } from '../../units/time.ts'
import { encodeUtf8 } from '../text.ts'
import type { WavEncoding } from './encoding.ts'
import { bytesPerSample } from './encoding.ts'
import type { SoundMetadata } from '../sound-metadata.ts'
import type { CodingFacts } from './metadata.ts'
import { chunk, encodeMetadata } from './metadata.ts'

export interface WavHeaderOptions {
  readonly rateHz: Hertz
  readonly channelCount: number
  readonly encoding: WavEncoding
  readonly metadata?: SoundMetadata
}

/** What 32 bits can say. */
const riffLimitBytes = 0xffffffff
const ds64BodyBytes = 28

/**
 * Everything before the samples. Its length does not depend on `dataBytes`, so that a writer puts down one for 0 bytes
 * first and replaces it when it knows: the room that `ds64` needs in a file over 4 GB (RF64, EBU Tech 3306)
 * is kept free by a `JUNK` chunk in a smaller one.
 */
export function buildWavHeader(options: WavHeaderOptions, dataBytes: number): Uint8Array {
  const frameBytes = options.channelCount * bytesPerSample[options.encoding]
  const middle = concatenated(
    [
      chunk('fmt ', formatBody(options)),
      isFloat(options.encoding) ? chunk('fact', uint32(Math.min(dataBytes / frameBytes, riffLimitBytes))) : empty,
      options.metadata === undefined ? empty : encodeMetadata(options.metadata, codingOf(options)),
    ],
    Uint8Array,
  )
  const headerBytes = 12 + 8 + ds64BodyBytes + middle.length + 8
  const riffBytes = headerBytes - 8 + dataBytes + (dataBytes % 2)
  const isLarge = riffBytes > riffLimitBytes
  return concatenated(
    [
      encodeUtf8(isLarge ? 'RF64' : 'RIFF'),
      uint32(isLarge ? riffLimitBytes : riffBytes),
      encodeUtf8('WAVE'),
      isLarge
        ? chunk('ds64', largeSizes(riffBytes, dataBytes, dataBytes / frameBytes))
        : chunk('JUNK', new Uint8Array(ds64BodyBytes)),
      middle,
      encodeUtf8('data'),
      uint32(isLarge ? riffLimitBytes : dataBytes),
    ],
    Uint8Array,
  )
}

const codingOf = ({ rateHz, channelCount, encoding }: WavHeaderOptions): CodingFacts => ({
  rateHz,
  channelCount,
  bits: 8 * bytesPerSample[encoding],
})

const empty = new Uint8Array(0)
const isFloat = (encoding: WavEncoding): boolean => encoding === 'float32' || encoding === 'float64'

/** Plain formats even where the standard would like the extensible one: every program reads them. */
function formatBody({ rateHz, channelCount, encoding }: WavHeaderOptions): Uint8Array {
  const sampleBytes = bytesPerSample[encoding]
  const body = new Uint8Array(isFloat(encoding) ? 18 : 16)
  const view = new DataView(body.buffer)
  view.setUint16(0, isFloat(encoding) ? 3 : 1, true)
  view.setUint16(2, channelCount, true)
  view.setUint32(4, rateHz, true)
  view.setUint32(8, rateHz * channelCount * sampleBytes, true)
  view.setUint16(12, channelCount * sampleBytes, true)
  view.setUint16(14, sampleBytes * 8, true)
  return body
}

function largeSizes(riffBytes: number, dataBytes: number, frameCount: number): Uint8Array {
  const body = new Uint8Array(ds64BodyBytes)
  const view = new DataView(body.buffer)
  view.setBigUint64(0, BigInt(riffBytes), true)
  view.setBigUint64(8, BigInt(dataBytes), true)
  view.setBigUint64(16, BigInt(frameCount), true)
  return body
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
