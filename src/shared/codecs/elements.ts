import type { BitReader } from './bit-reader.ts'

/** Elements of a frame (ISO/IEC 14496-3, table 4.85); Apple Lossless has the same. */
export const frameElements = { single: 0, pair: 1, coupling: 2, low: 3, data: 4, program: 5, fill: 6, end: 7 } as const

/** data_stream_element (4.4.2.8). */
export function skipData(reader: BitReader): void {
  reader.skip(4)
  const isAligned = reader.read(1) === 1
  const count = reader.read(8)
  const sizeBytes = count === 255 ? 255 + reader.read(8) : count
  if (isAligned) reader.align()
  reader.skip(8 * sizeBytes)
}

/** The length of a fill_element (4.4.2.9), which is read. */
export function readFillBytes(reader: BitReader): number {
  const count = reader.read(4)
  return count === 15 ? 14 + reader.read(8) : count
}
