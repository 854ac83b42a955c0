import type { BitReader } from '../bit-reader.ts'
import type { AlacConfiguration } from './configuration.ts'

/** A prefix of this many ones is followed by the number itself. */
const LONGEST_PREFIX = 9
/** Fractional bits of the running mean of the residuals. */
const MEAN_BITS = 9
const LARGEST_MEAN = 0xffff
/** Below this mean whole runs of zeros are sent. */
const QUIET_MEAN = 128
const RUN_BITS = 16

/**
 * The residuals of one channel: Golomb's code, whose parameter follows a running mean of what was read, with runs of
 * zeros where it is quiet.
 */
export function readResiduals(
  reader: BitReader,
  residuals: Int32Array,
  configuration: AlacConfiguration,
  rate: number,
  sampleBits: number,
): void {
  const { initialHistory, longestWordBits } = configuration
  let mean = initialHistory
  let wasRun = 0
  let at = 0
  while (at < residuals.length && !reader.isOverrun) {
    const wordBits = Math.min(31 - Math.clz32((mean >>> MEAN_BITS) + 3), longestWordBits)
    const number = readWord(reader, wordBits, 2 ** wordBits - 1, sampleBits) + wasRun
    residuals[at++] = number % 2 === 1 ? -(number + 1) / 2 : number / 2
    mean = number - wasRun > LARGEST_MEAN ? LARGEST_MEAN : rate * number + mean - ((rate * mean) >>> MEAN_BITS)
    wasRun = 0
    if (mean >= QUIET_MEAN || at >= residuals.length) continue
    const runBits = Math.clz32(mean) - 24 + ((mean + 16) >>> 6)
    const run = readWord(reader, runBits, (2 ** runBits - 1) & (2 ** longestWordBits - 1), RUN_BITS)
    // They are zero already.
    at += run
    wasRun = run >= 0xffff ? 0 : 1
    mean = 0
  }
}

/** Ones, a zero, and a rest that is a bit shorter where it is 0. */
function readWord(reader: BitReader, wordBits: number, factor: number, plainBits: number): number {
  let ones = 0
  while (ones < LONGEST_PREFIX && reader.peek(1) === 1) {
    reader.skip(1)
    ones++
  }
  if (ones === LONGEST_PREFIX) return reader.read(plainBits)
  reader.skip(1)
  if (wordBits === 1) return ones
  const rest = reader.peek(wordBits)
  reader.skip(rest < 2 ? wordBits - 1 : wordBits)
  return ones * factor + (rest < 2 ? 0 : rest - 1)
}
