import { expect, test } from 'vitest'
import { parseCurve, parseHistory } from '../../../../../src/main/compute/training/stored-curve.ts'

const point = { step: 10, trainLoss: 0.5, heldOutLoss: null, auditionId: 'step-000010' }

test('a curve and what was found at its checks are read as they were written', () => {
  const rich = { ...point, losses: { adversarial: 1 }, judged: { wanted: 0.5, real: 0.9 } }
  expect(parseCurve([point, rich])).toEqual([point, rich])
  expect(parseHistory({ bestStep: 3, bestLoss: 0.2, checksSinceBest: 1 })).toEqual({
    bestStep: 3,
    bestLoss: 0.2,
    checksSinceBest: 1,
  })
})

test.each([null, {}, 'x', [null], [{ ...point, step: 0.5 }], [{ ...point, auditionId: 3 }], [{ ...point, losses: 4 }]])(
  'a curve of %j is none',
  (curve) => expect(parseCurve(curve)).toBeNull(),
)

test.each([
  null,
  5,
  {},
  { bestStep: -1, bestLoss: 1, checksSinceBest: 0 },
  { bestStep: 1, bestLoss: null, checksSinceBest: 0 },
])('a history of %j is none', (history) => expect(parseHistory(history)).toBeNull())
