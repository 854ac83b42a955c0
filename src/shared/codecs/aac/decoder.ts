import { createRandom } from '../../base/random.ts'
import { createBitReader, type BitReader } from '../bit-reader.ts'
import type { DecodedFrame } from '../decoded-frame.ts'
import { frameElements, readFillBytes, skipData } from '../elements.ts'
import { bandLayout } from './bands.ts'
import { readChannelStream, type ChannelStream } from './channel-stream.ts'
import { highEfficiency, readProgramConfig } from './configuration.ts'
import { bandSpans, dequantize } from './dequantize.ts'
import { createFilterBank, type FilterBank } from './filter-bank.ts'
import { partChannels, type SumMask } from './joint-stereo.ts'
import { shapeNoise } from './noise-shaping.ts'
import { readWindowInfo, type WindowInfo } from './window-info.ts'

export interface AacDecoder {
  /** One raw_data_block; 1024 samples. The first frame fades in: what follows it is exact. */
  decode(frame: Uint8Array): DecodedFrame
}

/** Fill elements that describe the upper half of the spectrum. */
const REPLICATION = [13, 14]
const MOST_ELEMENTS = 64
const FULL_SCALE = 32_768
const NOISE_SEED = 1

/**
 * AAC of low complexity (ISO/IEC 14496-3, subpart 4): long and short windows, pairs with sums and intensity, noise
 * shaping and substitution. The same frames give the same samples.
 */
export function createAacDecoder(rateHz: number): AacDecoder {
  const layout = bandLayout(rateHz)
  const random = createRandom(NOISE_SEED)
  const banks = new Map<string, FilterBank>()

  return {
    decode(frame) {
      const reader = createBitReader(frame)
      const channels: Float32Array[] = []
      for (let count = 0; count < MOST_ELEMENTS; count++) {
        const element = reader.read(3)
        if (element === frameElements.end)
          return reader.isOverrun ? damaged('it ends early') : { kind: 'sound', channels }
        const fault = readElement(reader, element, channels)
        if (fault !== null) return damaged(fault)
        if (reader.isOverrun) return damaged('it ends early')
      }
      return damaged('it has no end')
    },
  }

  /** Adds the element's channels; gives what is wrong with it, if anything. */
  function readElement(reader: BitReader, element: number, channels: Float32Array[]): string | null {
    switch (element) {
      case frameElements.single:
      case frameElements.low: {
        const tag = reader.read(4)
        const stream = readChannelStream(reader, layout, null)
        if (stream === null) return 'a channel is damaged'
        const spectrum = dequantize(stream, bandSpans(stream.window), random)
        channels.push(synthesize(`${element} ${tag}`, spectrum, stream))
        return null
      }
      case frameElements.pair:
        return readPair(reader, channels)
      case frameElements.coupling:
        return 'it holds coupled channels'
      case frameElements.data:
        skipData(reader)
        return null
      case frameElements.program:
        readProgramConfig(reader)
        return null
      case frameElements.fill:
        return skipFill(reader)
      default:
        return 'it holds an unknown element'
    }
  }

  function readPair(reader: BitReader, channels: Float32Array[]): string | null {
    const tag = reader.read(4)
    const hasCommon = reader.read(1) === 1
    const common = hasCommon ? readWindowInfo(reader, layout) : null
    const mask = common && readMask(reader, common)
    if (hasCommon && mask === null) return 'a pair of channels is damaged'
    const left = readChannelStream(reader, layout, common)
    const right = left && readChannelStream(reader, layout, common)
    if (left === null || right === null) return 'a pair of channels is damaged'
    const spans = bandSpans(left.window)
    const spectra = [dequantize(left, spans, random), dequantize(right, common === null ? bandSpans(right.window) : spans, random)] as const // prettier-ignore
    if (mask !== null) partChannels(spectra, [left, right], spans, mask)
    channels.push(synthesize(`pair ${tag} left`, spectra[0], left), synthesize(`pair ${tag} right`, spectra[1], right))
    return null
  }

  function synthesize(name: string, spectrum: Float64Array, { shaping, window }: ChannelStream): Float32Array {
    if (shaping !== null) shapeNoise(spectrum, shaping, window)
    const bank = banks.get(name) ?? createFilterBank()
    banks.set(name, bank)
    return Float32Array.from(bank.synthesize(spectrum, window), (sample) => sample / FULL_SCALE)
  }
}

/** ms_mask_present and ms_used (4.4.2.1): no band, some or all. */
function readMask(reader: BitReader, { groupSizes, bandCount }: WindowInfo): SumMask | null {
  const kind = reader.read(2)
  if (kind === 3) return null
  const isSum = new Uint8Array(groupSizes.length * bandCount).fill(kind === 2 ? 1 : 0)
  if (kind === 1) for (let band = 0; band < isSum.length; band++) isSum[band] = reader.read(1)
  return { isSum, isChosen: kind === 1 }
}

/** fill_element that replicates bands means that this is more than AAC-LC. */
function skipFill(reader: BitReader): string | null {
  const sizeBytes = readFillBytes(reader)
  if (sizeBytes > 0 && REPLICATION.includes(reader.peek(4))) return highEfficiency
  reader.skip(8 * sizeBytes)
  return null
}

const damaged = (reason: string): DecodedFrame => ({ kind: 'damaged', reason })
