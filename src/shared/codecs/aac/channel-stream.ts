import type { BitReader } from '../bit-reader.ts'
import type { BandLayout } from './bands.ts'
import { scaleFactorTable } from './code-tables.ts'
import { prefixCode } from './prefix-code.ts'
import { readShaping, type Shaping } from './noise-shaping.ts'
import { addPulses, readPulses } from './pulses.ts'
import { readSpectralValues } from './spectral-values.ts'
import { readWindowInfo, type WindowInfo } from './window-info.ts'

/** Codebooks that are no spectra. */
export const SILENT_BOOK = 0
export const NOISE_BOOK = 13
export const OPPOSED_BOOK = 14
export const ALIGNED_BOOK = 15
const RESERVED_BOOK = 12

/** One channel of a frame as it was sent: whole numbers, and what they are multiplied with. */
export interface ChannelStream {
  readonly window: WindowInfo
  /** Codebook and scale factor of each band, group after group. */
  readonly books: Uint8Array
  readonly scales: Int32Array
  readonly quantized: Int32Array
  readonly shaping: Shaping | null
}

const readScaleStep = prefixCode(scaleFactorTable)
const MIDDLE_STEP = 60

/** individual_channel_stream (4.4.2.2), with the windows that a pair has in common or its own. Null where it is damaged. */
export function readChannelStream(
  reader: BitReader,
  layout: BandLayout,
  common: WindowInfo | null,
): ChannelStream | null {
  const gain = reader.read(8)
  const window = common ?? readWindowInfo(reader, layout)
  if (window === null) return null
  const books = readBooks(reader, window)
  const scales = books && readScales(reader, books, gain)
  if (books === null || scales === null) return null
  const isLong = window.sequence !== 'short'
  const pulses = reader.read(1) === 1 ? readPulses(reader) : null
  if (pulses !== null && !isLong) return null
  const isShaped = reader.read(1) === 1
  const shaping = isShaped ? readShaping(reader, isLong) : null
  const hasGainControl = reader.read(1) === 1
  if ((isShaped && shaping === null) || hasGainControl || reader.isOverrun) return null
  const quantized = readSpectralValues(reader, window, books)
  if (pulses !== null && !addPulses(quantized, pulses, window.edges)) return null
  return reader.isOverrun ? null : { window, books, scales, quantized, shaping }
}

/** section_data (4.4.2.3): runs of bands with the same codebook. */
function readBooks(reader: BitReader, { sequence, bandCount, groupSizes }: WindowInfo): Uint8Array | null {
  const books = new Uint8Array(groupSizes.length * bandCount)
  const lengthBits = sequence === 'short' ? 3 : 5
  const escape = 2 ** lengthBits - 1
  for (let group = 0; group < groupSizes.length; group++) {
    let band = 0
    while (band < bandCount) {
      const book = reader.read(4)
      let length = 0
      let part: number
      do {
        part = reader.read(lengthBits)
        length += part
      } while (part === escape && length <= bandCount)
      if (book === RESERVED_BOOK || reader.isOverrun || band + length > bandCount) return null
      books.fill(book, group * bandCount + band, group * bandCount + band + length)
      band += length
    }
  }
  return books
}

/** scale_factor_data (4.4.2.4): each kind of number goes on from the last one of its kind. */
function readScales(reader: BitReader, books: Uint8Array, gain: number): Int32Array | null {
  const scales = new Int32Array(books.length)
  let level = gain
  let direction = 0
  let noise: number | null = null
  const step = () => readScaleStep(reader) - MIDDLE_STEP
  for (let band = 0; band < books.length; band++) {
    switch (books[band]) {
      case SILENT_BOOK:
        break
      case OPPOSED_BOOK:
      case ALIGNED_BOOK:
        scales[band] = direction += step()
        break
      case NOISE_BOOK:
        noise = noise === null ? gain - 90 + reader.read(9) - 256 : noise + step()
        scales[band] = noise
        break
      default:
        scales[band] = level += step()
    }
  }
  const isWithin = scales.every((scale) => Math.abs(scale) < 512)
  return isWithin ? scales : null
}
