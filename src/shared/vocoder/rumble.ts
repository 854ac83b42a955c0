import { butterworthHighPass } from '../dsp/butterworth.ts'
import { SOURCE_FILTER_RATE_HZ } from '../networks/source-filter/config.ts'

/** Under every voice. */
const LOWEST_HZ = 40

/**
 * Takes what no voice has out of an excitation: a network's samples may lean to one side by what no loss hears, and the
 * filter of a recording that rumbled would raise that by forty decibels. In order and in pieces, which do not change the
 * numbers.
 */
export function* withoutRumble(pieces: Iterable<Float32Array>): Generator<Float32Array> {
  const { b0, b1, b2, a1, a2 } = butterworthHighPass(LOWEST_HZ, SOURCE_FILTER_RATE_HZ)
  let [s1, s2] = [0, 0]
  for (const piece of pieces)
    yield piece.map((x) => {
      const y = b0 * x + s1
      s1 = b1 * x - a1 * y + s2
      s2 = b2 * x - a2 * y
      return y
    })
}
