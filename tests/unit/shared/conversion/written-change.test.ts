import { expect, test } from 'vitest'
import { scratchInMemory } from '../../../../src/shared/base/scratch.ts'
import { writtenChange } from '../../../../src/shared/conversion/written-change.ts'

test('a written change is found once per frame and read as often as one likes, in any order', () => {
  const asked: number[] = []
  const change = {
    frameCount: 1200,
    keepsEnergy: false,
    readDifference(frame: number, difference: Float64Array) {
      asked.push(frame)
      difference.fill(frame / 8)
    },
  }
  const written = writtenChange(change, scratchInMemory)
  const row = new Float64Array(64)
  for (const frame of [1199, 0, 600, 600, 3]) {
    written.readDifference(frame, row)
    expect(row).toEqual(new Float64Array(64).fill(frame / 8))
  }
  expect(asked).toEqual(Array.from({ length: 1200 }, (_, frame) => frame))
  expect(written).toMatchObject({ frameCount: 1200, keepsEnergy: false })
})
