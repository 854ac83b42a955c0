import type { BitReader } from '../bit-reader.ts'
import type { WindowInfo } from './window-info.ts'
import { spectralTables } from './code-tables.ts'
import { prefixCode, type ReadSymbol } from './prefix-code.ts'

/** How a codebook's symbols are taken apart (ISO/IEC 14496-3, table 4.151). */
interface SpectralBook {
  readonly read: ReadSymbol
  /** Lines per word: four or two. */
  readonly dimension: 2 | 4
  /** Values that a line may have. */
  readonly base: number
  /** What is taken away from each; null where signs follow the word. */
  readonly offset: number | null
}

const shapes: readonly (readonly [dimension: 2 | 4, base: number, offset: number | null])[] = [
  [4, 3, 1],
  [4, 3, 1],
  [4, 3, null],
  [4, 3, null],
  [2, 9, 4],
  [2, 9, 4],
  [2, 8, null],
  [2, 8, null],
  [2, 13, null],
  [2, 13, null],
  [2, 17, null],
]
const books: readonly SpectralBook[] = shapes.map(([dimension, base, offset], index) => ({
  read: prefixCode(spectralTables[index]),
  dimension,
  base,
  offset,
}))

/** In the last codebook this stands for a number that follows. */
const ESCAPE_BOOK = 11
const ESCAPE = 16
const LONGEST_ESCAPE = 8
const WINDOW_LINES = 128

/**
 * spectral_data (4.4.2.7), band by band within each group of windows: 1024 whole numbers, those of short windows one
 * window after the other. Bands without a spectrum stay 0.
 */
export function readSpectralValues(reader: BitReader, window: WindowInfo, bookOfBand: Uint8Array): Int32Array {
  const values = new Int32Array(1024)
  const { bandCount, groupSizes, edges } = window
  let firstWindow = 0
  for (let group = 0; group < groupSizes.length; group++) {
    for (let band = 0; band < bandCount; band++) {
      const number = bookOfBand[group * bandCount + band]
      if (number === 0 || number > ESCAPE_BOOK) continue
      for (let member = 0; member < groupSizes[group]; member++) {
        const from = (firstWindow + member) * WINDOW_LINES
        readBand(reader, number, values.subarray(from + edges[band], from + edges[band + 1]))
      }
      if (reader.isOverrun) return values
    }
    firstWindow += groupSizes[group]
  }
  return values
}

function readBand(reader: BitReader, number: number, values: Int32Array): void {
  const { read, dimension, base, offset } = books[number - 1]
  for (let line = 0; line < values.length; line += dimension) {
    let symbol = read(reader)
    for (let at = dimension - 1; at >= 0; at--) {
      values[line + at] = (symbol % base) - (offset ?? 0)
      symbol = Math.floor(symbol / base)
    }
    if (offset === null) readSigns(reader, values, line, dimension)
    if (number !== ESCAPE_BOOK) continue
    for (let at = line; at < line + dimension; at++) {
      if (Math.abs(values[at]) === ESCAPE) values[at] = Math.sign(values[at]) * readEscape(reader)
    }
  }
}

function readSigns(reader: BitReader, values: Int32Array, line: number, count: number): void {
  for (let at = line; at < line + count; at++) {
    if (values[at] !== 0 && reader.read(1) === 1) values[at] = -values[at]
  }
}

/** As many ones as bits are more than four, a zero, and the number without its highest bit. */
function readEscape(reader: BitReader): number {
  let more = 0
  while (reader.read(1) === 1 && more < LONGEST_ESCAPE) more++
  return 2 ** (more + 4) + reader.read(more + 4)
}
