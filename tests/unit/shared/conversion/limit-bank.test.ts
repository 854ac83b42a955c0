import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitBank } from '../../../../src/shared/conversion/limit-bank.ts'

function bankOf(clipFrameCounts: readonly number[]) {
  const frames = clipFrameCounts.reduce((sum, count) => sum + count, 0)
  const numbers = Float32Array.from({ length: frames }, (_, frame) => frame)
  return {
    clipFrameCounts,
    shapes: Float32Array.from({ length: frames * 64 }, (_, index) => Math.floor(index / 64)),
    f0: numbers,
    energy: numbers.map((frame) => -frame),
  }
}

test('a bank that is small enough stays as it is', () => {
  const bank = bankOf([100, 200])
  expect(limitBank(bank, 300)).toBe(bank)
})

test('a larger one keeps the middle of its clips, whole frames, never more than the limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 2500 }),
      (counts, most) => {
        const { clipFrameCounts, shapes, f0, energy } = limitBank(bankOf(counts), most)
        const frames = clipFrameCounts.reduce((sum, count) => sum + count, 0)
        expect(frames).toBeLessThanOrEqual(most)
        expect([f0.length, energy.length, shapes.length / 64]).toEqual([frames, frames, frames])
        f0.forEach((frame, index) => expect([shapes[index * 64], shapes[index * 64 + 63]]).toEqual([frame, frame]))
        f0.forEach((frame, index) => index > 0 && expect(frame).toBeGreaterThan(f0[index - 1]))
      },
    ),
    { numRuns: 40 },
  )
})
