import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bridgeGaps, bridgeGapsWithin } from '../../../../../src/shared/conversion/transposition/voice-curves.ts'

test('a window of a pitch is bridged to the bits of the whole, wherever its gaps begin and end', () => {
  const pitch = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 50, max: 1000, noNaN: true })), { minLength: 1 })
  const places = fc.tuple(fc.nat(200), fc.nat(200))
  fc.assert(
    fc.property(pitch, places, (hz, [a, b]) => {
      const f0 = Float64Array.from(hz)
      const first = a % hz.length
      const last = first + (b % (hz.length - first + 1))
      const whole = bridgeGaps(f0)
      const part = bridgeGapsWithin(f0, first, last)
      expect(part.logarithmic).toEqual(whole.logarithmic.subarray(first, last))
      expect(part.linear).toEqual(whole.linear.subarray(first, last))
    }),
  )
})
