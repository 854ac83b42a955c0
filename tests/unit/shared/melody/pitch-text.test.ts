import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPitch, writePitch } from '../../../../src/shared/melody/index.ts'

test('a pitch survives being written to a cent, and what is unvoiced stays so', () => {
  const pitch = fc.oneof(fc.constant(0), fc.double({ min: 33, max: 4000, noNaN: true }))
  fc.assert(
    fc.property(fc.array(pitch), (hz) => {
      const text = writePitch(Float64Array.from(hz))
      expect(text.length).toBe(2 * hz.length)
      readPitch(text).forEach((found, frame) => {
        if (hz[frame] === 0) expect(found).toBe(0)
        else expect(Math.abs(1200 * Math.log2(found / hz[frame]))).toBeLessThan(1.1)
      })
    }),
  )
})

test('what is beyond the letters is held at their ends', () => {
  const [low, high] = readPitch(writePitch(Float64Array.from([1, 50_000])))
  expect(low).toBeCloseTo(32.7, 1)
  expect(high).toBeGreaterThan(4000)
})
