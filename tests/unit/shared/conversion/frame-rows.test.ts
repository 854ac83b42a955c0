import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchInMemory } from '../../../../src/shared/base/scratch.ts'
import { openFrameRows } from '../../../../src/shared/conversion/frame-rows.ts'

const FRAMES = 1500

test('rows that are added in any order read as their sums, across pages and at the last short one', () => {
  const frames = fc.array(fc.tuple(fc.integer({ min: 0, max: FRAMES - 1 }), fc.integer({ min: -9, max: 9 })))
  fc.assert(
    fc.property(frames, (added) => {
      const rows = openFrameRows(scratchInMemory, FRAMES)
      const sums = new Float64Array(FRAMES)
      for (const [frame, value] of added) {
        rows.add(frame, new Float64Array(66).fill(value), 2, 0.5)
        sums[frame] += 0.5 * value
      }
      const row = new Float64Array(65)
      for (const frame of [0, 511, 512, FRAMES - 1, ...added.map(([frame]) => frame)]) {
        rows.read(frame, row, 1)
        expect(row.subarray(1)).toEqual(new Float64Array(64).fill(sums[frame]))
      }
    }),
    { numRuns: 50 },
  )
})
