import type { Random } from '../base/random.ts'

/** Anywhere between a singer's own row of a table and another's, each other as likely. */
export function mixedRow(
  table: Float32Array,
  width: number,
  singer: number,
  singerCount: number,
  random: Random,
): Float32Array {
  const other = (singer + 1 + random.integer(singerCount - 1)) % singerCount
  const share = random.uniform()
  return Float32Array.from(
    { length: width },
    (_, index) => table[singer * width + index] * (1 - share) + table[other * width + index] * share,
  )
}
