import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSecondOfPair, pairedTaps, pairsOf } from '../../../../src/shared/dsp/paired-taps.ts'

const number = fc.double({ min: -10, max: 10, noNaN: true })
const numbers = (count: number) => fc.array(number, { minLength: count, maxLength: count })

test('two rows of three taps are four products', () => {
  fc.assert(
    fc.property(numbers(3), numbers(4), ([g0, g1, g2], [d0, d1, d2, d3]) => {
      const heard = [d0 - d2, d1 + d2, d2 - d1, d1 - d3]
      const [m0, m1, m2, m3] = pairedTaps(g0, g1, g2).map((tap, product) => tap * heard[product])
      expect(m0 + m1 + m2).toBeCloseTo(g0 * d0 + g1 * d1 + g2 * d2, 9)
      expect(m1 - m2 - m3).toBeCloseTo(g0 * d1 + g1 * d2 + g2 * d3, 9)
    }),
  )
})

test('each row belongs to one pair, whose rows lie a dilation apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 }), (dilation, rows) => {
      const places = Array.from({ length: rows }, (_, row) => row)
      const earlier = places.filter((row) => !isSecondOfPair(row, dilation))
      expect(earlier).toHaveLength(pairsOf(rows, dilation))
      const paired = [...earlier, ...earlier.map((row) => row + dilation)].filter((row) => row < rows)
      expect(paired.sort((a, b) => a - b)).toEqual(places)
    }),
  )
})
