import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startSecOf } from '../../../../src/renderer/audio/start-time.ts'

/** Of a frame; the browser takes what is nearer than that to a frame for the frame itself. */
const NEAREST = 1 / 2048

test('a source starts on its frame or a hair after it, never before, for days and at every rate', () => {
  const rates = fc.constantFrom(44_100, 48_000, 88_200, 96_000, 192_000)
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), rates, (frame, rateHz) => {
      const again = startSecOf(frame, rateHz) * rateHz
      expect(again).toBeGreaterThanOrEqual(frame)
      expect(again - frame).toBeLessThan(NEAREST)
    }),
    { numRuns: 2000 },
  )
})
