import type { BitReader } from '../bit-reader.ts'
import type { WindowInfo } from './window-info.ts'

/** Temporal noise shaping (ISO/IEC 14496-3, 4.6.9): filters along the lines of a spectrum, for each window from the top. */
export interface Shaping {
  readonly filters: readonly (readonly ShapingFilter[])[]
}

interface ShapingFilter {
  readonly bandCount: number
  readonly isDownward: boolean
  /** Of the prediction, without the leading one; none leaves the band as it is. */
  readonly coefficients: Float64Array
}

const LONGEST_ORDER = 12
const LONGEST_SHORT_ORDER = 7

/** tns_data (4.4.2.6). Null where an order is beyond what AAC-LC allows. */
export function readShaping(reader: BitReader, isLong: boolean): Shaping | null {
  const windowCount = isLong ? 1 : 8
  const filters = Array.from({ length: windowCount }, () => {
    const filterCount = reader.read(isLong ? 2 : 1)
    const isFine = filterCount > 0 && reader.read(1) === 1
    return Array.from({ length: filterCount }, () => readFilter(reader, isLong, isFine ? 4 : 3))
  })
  const longest = isLong ? LONGEST_ORDER : LONGEST_SHORT_ORDER
  return filters.flat().every(({ coefficients }) => coefficients.length <= longest) ? { filters } : null
}

function readFilter(reader: BitReader, isLong: boolean, resolutionBits: number): ShapingFilter {
  const bandCount = reader.read(isLong ? 6 : 4)
  const order = reader.read(isLong ? 5 : 3)
  if (order === 0) return { bandCount, isDownward: false, coefficients: new Float64Array(0) }
  const isDownward = reader.read(1) === 1
  const bits = resolutionBits - reader.read(1)
  const reflections = Array.from({ length: order }, () => {
    const sent = reader.read(bits)
    const value = sent >= 2 ** (bits - 1) ? sent - 2 ** bits : sent
    const half = 2 ** (resolutionBits - 1)
    return Math.sin((value * Math.PI) / (2 * half + (value >= 0 ? -1 : 1)))
  })
  return { bandCount, isDownward, coefficients: predictionFrom(reflections) }
}

/** Levinson's step up, from reflection coefficients to those of the prediction. */
function predictionFrom(reflections: readonly number[]): Float64Array {
  const coefficients = new Float64Array(reflections.length)
  reflections.forEach((reflection, order) => {
    const before = coefficients.slice(0, order)
    for (let at = 0; at < order; at++) coefficients[at] += reflection * before[order - 1 - at]
    coefficients[order] = reflection
  })
  return coefficients
}

/** Shapes a spectrum of 1024 lines in place: an all-pole filter over the bands that each filter covers. */
export function shapeNoise(spectrum: Float64Array, shaping: Shaping, window: WindowInfo): void {
  const { edges, shapedBandCount } = window
  shaping.filters.forEach((filters, index) => {
    let top = edges.length - 1
    for (const { bandCount, isDownward, coefficients } of filters) {
      const bottom = Math.max(0, top - bandCount)
      const from = edges[Math.min(bottom, shapedBandCount)]
      const to = edges[Math.min(top, shapedBandCount)]
      const lines = spectrum.subarray(index * 128 + from, index * 128 + to)
      predict(isDownward ? lines.reverse() : lines, coefficients)
      if (isDownward) lines.reverse()
      top = bottom
    }
  })
}

function predict(lines: Float64Array, coefficients: Float64Array): void {
  for (let line = 0; line < lines.length; line++) {
    const reach = Math.min(line, coefficients.length)
    for (let back = 1; back <= reach; back++) lines[line] -= coefficients[back - 1] * lines[line - back]
  }
}
