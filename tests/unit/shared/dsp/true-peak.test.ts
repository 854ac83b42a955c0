import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTruePeakMeter, truePeakDb } from '../../../../src/shared/dsp/true-peak.ts'

const RATE_HZ = 48_000
/** A quarter of a second, faded in and out so that its ends do not ring. */
const tone = (gain: number, periodSamples: number, phaseDegrees: number) =>
  Float32Array.from({ length: RATE_HZ / 4 }, (_, n) => {
    const fade = Math.min(1, n / 500, (RATE_HZ / 4 - 1 - n) / 500)
    return fade * gain * Math.sin((2 * Math.PI * n) / periodSamples + (Math.PI * phaseDegrees) / 180)
  })

test.each([
  ['15', 0.5, 4, 0, -6],
  ['16', 0.5, 4, 45, -6],
  ['17', 0.5, 6, 60, -6],
  ['18', 0.5, 8, 67.5, -6],
  ['19', 1.41, 4, 45, 3],
])('case %s of EBU Tech 3341 reads within +0.2 and −0.4 dB', (_, gain, period, phase, expectedDb) => {
  const foundDb = truePeakDb([tone(gain, period, phase)]) ?? NaN
  expect(foundDb - expectedDb).toBeLessThan(0.2)
  expect(foundDb - expectedDb).toBeGreaterThan(-0.4)
})

test('samples that hide a peak between them do not hide it', () => {
  const hidden = tone(1, 4, 45)
  expect(20 * Math.log10(hidden.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0))).toBeLessThan(-2.9)
  expect(truePeakDb([hidden])).toBeGreaterThan(-0.4)
})

test('a true peak is never under the samples’ own, and fed in pieces it reads the same', () => {
  const samples = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 20 }), (values, pieceSamples) => {
      const x = Float64Array.from(values)
      const meter = createTruePeakMeter(1)
      for (let start = 0; start < x.length; start += pieceSamples) meter.push([x.subarray(start, start + pieceSamples)])
      meter.push([new Float64Array(12)])
      const found = meter.truePeakDb()
      expect(found).toBe(truePeakDb([x]))
      const own = x.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)
      if (own > 0) expect(found).toBeGreaterThanOrEqual(20 * Math.log10(own) - 1e-9)
    }),
  )
})

test('silence has no peak', () => {
  expect(truePeakDb([new Float32Array(1000)])).toBeNull()
})
