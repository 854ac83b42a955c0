import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curveValue } from '../../../../src/shared/project/curve.ts'

const curves = fc
  .uniqueArray(fc.record({ atSamples: fc.nat(100_000), value: fc.float({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 20,
    selector: (point) => point.atSamples,
  })
  .map((points) => points.sort((a, b) => a.atSamples - b.atSamples))

test('a curve passes through its corners and stays between its neighbors elsewhere', () => {
  fc.assert(
    fc.property(curves, fc.nat(100_000), (curve, at) => {
      for (const { atSamples, value } of curve) expect(curveValue(curve, atSamples)).toBeCloseTo(value, 12)
      const values = curve.map((point) => point.value)
      const value = curveValue(curve, at)
      expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
      expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
    }),
  )
})

test('before its first and behind its last corner a curve holds their values', () => {
  const curve = [
    { atSamples: 10, value: 0.25 },
    { atSamples: 20, value: 0.75 },
  ]
  expect([0, 15, 99].map((at) => curveValue(curve, at))).toEqual([0.25, 0.5, 0.75])
})
