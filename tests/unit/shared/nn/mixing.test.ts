import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { mixingMatrices, randomRotation } from '../../../../src/shared/nn/mixing.ts'

test.each([2, 4, 8, 12])('a matrix of %s channels starts as a rotation, whose inverse is its transpose', (size) => {
  const start = randomRotation(size, createRandom(size))
  const { matrix, inverse } = mixingMatrices(start.lower, start.upper, start.logScale, start)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      expect(inverse[row * size + column]).toBeCloseTo(matrix[column * size + row], 5)
  // A rotation neither stretches nor shrinks.
  expect(start.logScale.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
})
