import type { BitReader } from '../bit-reader.ts'
import type { CodeTable } from './code-tables.ts'

/** Reads one word of a prefix code and gives what it stands for. */
export type ReadSymbol = (reader: BitReader) => number

/**
 * A canonical code: all words of a length are consecutive numbers, after those that are shorter. A complete one has a
 * meaning for every row of bits, so that reading it cannot fail.
 */
export function prefixCode({ wordCounts, symbols }: CodeTable): ReadSymbol {
  const longestBits = wordCounts.length
  /** Per length: the first number, left-aligned, that belongs to a longer word; and what is added to get an index. */
  const limits = new Float64Array(longestBits)
  const shifts = new Float64Array(longestBits)
  let word = 0
  let index = 0
  wordCounts.forEach((count, at) => {
    shifts[at] = index - word
    word += count
    index += count
    limits[at] = word * 2 ** (longestBits - at - 1)
    word *= 2
  })
  return (reader) => {
    const bits = reader.peek(longestBits)
    let at = 0
    while (bits >= limits[at]) at++
    reader.skip(at + 1)
    return symbols[(bits >>> (longestBits - at - 1)) + shifts[at]]
  }
}
