import type { BitReader } from '../bit-reader.ts'
import type { BandLayout } from './bands.ts'

/** How a frame is cut into windows (ISO/IEC 14496-3, table 4.125). */
export const windowSequences = ['long', 'start', 'short', 'stop'] as const
export type WindowSequence = (typeof windowSequences)[number]

/** What the two channels of a pair may have in common. */
export interface WindowInfo {
  readonly sequence: WindowSequence
  /** Whether the window is Kaiser and Bessel's, else a sine. */
  readonly isKaiserBessel: boolean
  readonly bandCount: number
  /** How many windows each group has: one, or eight in all. */
  readonly groupSizes: readonly number[]
  readonly edges: readonly number[]
  readonly shapedBandCount: number
}

/** ics_info (4.4.2.1). Null where it is not what AAC-LC may hold. */
export function readWindowInfo(reader: BitReader, layout: BandLayout): WindowInfo | null {
  if (reader.read(1) !== 0) return null
  const sequence = windowSequences[reader.read(2)]
  const isKaiserBessel = reader.read(1) === 1
  const isShort = sequence === 'short'
  const edges = isShort ? layout.short : layout.long
  const bandCount = reader.read(isShort ? 4 : 6)
  const groupSizes = isShort ? readGroups(reader) : [1]
  const isPredicted = !isShort && reader.read(1) === 1
  if (isPredicted || bandCount >= edges.length) return null
  const shapedBandCount = Math.min(bandCount, isShort ? layout.shapedShort : layout.shapedLong)
  return { sequence, isKaiserBessel, bandCount, groupSizes, edges, shapedBandCount }
}

/** A bit for each window but the first: whether it shares its scale factors with the one before. */
function readGroups(reader: BitReader): number[] {
  const sizes = [1]
  for (let window = 1; window < 8; window++) {
    if (reader.read(1) === 1) sizes[sizes.length - 1]++
    else sizes.push(1)
  }
  return sizes
}
