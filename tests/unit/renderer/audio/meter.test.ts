import { expect, test } from 'vitest'
import { meterFraction, nextReading, peakDb, silentReading } from '../../../../src/renderer/audio/meter.ts'

test('a meter rises at once, falls twenty decibels in a second and holds its peak for a second and a half', () => {
  const struck = nextReading(silentReading, -6, 0.016)
  expect(struck).toMatchObject({ levelDb: -6, heldDb: -6 })
  const later = nextReading(struck, -Infinity, 1)
  expect(later).toMatchObject({ levelDb: -26, heldDb: -6 })
  expect(nextReading(later, -Infinity, 0.6).heldDb).toBe(-38)
})

test('below the scale a meter is silent', () => {
  expect(nextReading({ levelDb: -59, heldDb: -59, heldForSec: 2 }, -Infinity, 0.1)).toEqual(silentReading)
})

test('the scale runs from −60 to +6 dB', () => {
  expect([-80, -60, -27, 6, 20].map(meterFraction)).toEqual([0, 0, 0.5, 1, 1])
})

test('a peak is the largest sample of any channel', () => {
  expect(peakDb([Float32Array.of(0.1, -1), Float32Array.of(0.5, 0)])).toBe(0)
  expect(peakDb(new Float32Array(4))).toBe(-Infinity)
})
