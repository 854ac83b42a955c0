import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromFloat16, toFloat16 } from '../../../../src/shared/formats/float16.ts'

test('every half-precision number survives the way to single precision and back', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter((bits) => (bits & 0x7fff) <= 0x7c00)
  expect(toFloat16(fromFloat16(halves))).toEqual(halves)
})

test('a number becomes the nearest half: off by at most half a unit in the last place', () => {
  fc.assert(
    fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
      const [back] = fromFloat16(toFloat16(Float32Array.of(value)))
      expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25))
    }),
  )
})

test('what no half can hold becomes infinite, and what is no number stays none', () => {
  expect([...fromFloat16(toFloat16(Float32Array.of(1e6, -1e6, Infinity, NaN)))]).toEqual([
    Infinity,
    -Infinity,
    Infinity,
    NaN,
  ])
})
