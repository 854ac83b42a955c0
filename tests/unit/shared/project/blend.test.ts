import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SingerId } from '../../../../src/shared/base/id.ts'
import {
  addToBlend,
  blendShares,
  changeBlend,
  MOST_BLENDED,
  removeFromBlend,
} from '../../../../src/shared/project/edits/blend.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { jonas, mira } from '../../../support/documents.ts'

const aoife = 'aoife' as SingerId // brands are given in tests
const teo = 'teo' as SingerId

test('a singer is mixed in once, never beside herself, and never more than two beside the first', () => {
  let performance = addToBlend(defaultPerformance(mira), mira)
  expect(performance.blend).toEqual([])
  for (const singer of [jonas, jonas, aoife, teo]) performance = addToBlend(performance, singer)
  expect(performance.blend.map((part) => part.singerId)).toEqual([jonas, aoife])
  expect(performance.blend).toHaveLength(MOST_BLENDED)
})

test('who was mixed in and taken out leaves the performance as it was', () => {
  const before = defaultPerformance(mira)
  expect(removeFromBlend(addToBlend(before, jonas), 0)).toEqual(before)
  expect(removeFromBlend(before, 0)).toBe(before)
})

test('what the singers sing is one whole, whatever their weights', () => {
  const weight = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(weight, weight, (one, other) => {
      let performance = addToBlend(addToBlend(defaultPerformance(mira), jonas), aoife)
      performance = changeBlend(changeBlend(performance, 0, { weight: one }), 1, { weight: other })
      const shares = blendShares(performance)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      expect(shares.every((share) => share >= 0)).toBe(true)
    }),
  )
})
