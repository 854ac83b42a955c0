import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { noStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { expressLevel } from '../../../../../src/shared/conversion/emotions/express-level.ts'
import { shapeExpression } from '../../../../../src/shared/conversion/emotions/express-shape.ts'
import { preparedStatistics } from '../../../../../src/shared/conversion/emotions/statistics.ts'
import { rowsOf } from '../../../../../src/shared/conversion/frame-rows.ts'

const energies = Float64Array.from({ length: 200 }, (_, frame) => -8 * Math.abs(Math.sin(frame / 15)))

test('a level never changes by more than −26 and +13 dB, whatever the table', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true })
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.01, max: 1.5, noNaN: true }), (spread, modulation, a) => {
      const table = { ...noStatistics('x'), energySpreadLogRatio: spread, energyModulationLogRatio: modulation }
      const change = expressLevel(energies, table, a) ?? new Float64Array(1).fill(NaN)
      expect(Math.min(...change)).toBeGreaterThanOrEqual(-6)
      expect(Math.max(...change)).toBeLessThanOrEqual(3)
    }),
  )
})

test('dynamics grow around the mean: what was loud gets louder and what was soft softer', () => {
  const change = expressLevel(energies, { ...noStatistics('x'), energySpreadLogRatio: 0.4 }, 1) ?? new Float64Array(200)
  const [loudest, softest] = [Math.max, Math.min].map((pick) => energies.indexOf(pick(...energies.subarray(20, 180))))
  expect(change[loudest]).toBeGreaterThan(0)
  expect(change[softest]).toBeLessThan(0)
})

const asSpoken = (intensity: number) => ({ intensity, isSung: false })
const random = createRandom(5)
const lm = Float64Array.from({ length: 100 * 64 }, (_, at) => Math.sin((at % 64) / 9) + 0.5 * random.normal())
const features = { lm: rowsOf(lm), active: new Uint8Array(100).fill(1), frameCount: 100 }

const colored = { ...noStatistics('x'), shapeOffset: Float32Array.from({ length: 64 }, (_, band) => band / 32 - 1) }

test('the color is the table’s, in its share, times the intensity where the mouth moves as before', () => {
  const difference = new Float64Array(64)
  shapeExpression(features, colored, asSpoken(0.5))(7, difference)
  for (let band = 0; band < 64; band++) expect(difference[band]).toBeCloseTo(0.5 * colored.shapeOffset[band], 6)
})

test('of what is sung, what lies under the lowest harmonics goes on as beside it: the notes stay where they are', () => {
  const [spoken, sung] = [false, true].map((isSung) => {
    const difference = new Float64Array(64)
    shapeExpression(features, colored, { intensity: 1, isSung })(7, difference)
    return difference
  })
  expect(sung.subarray(14)).toEqual(spoken.subarray(14))
  expect(new Set(sung.subarray(0, 8)).size).toBe(1)
  expect(sung[0]).toBeGreaterThan(spoken[0])
  expect(sung[0]).toBeLessThan(spoken[20])
})

test('the mouth moves further where the table says so, around the sound’s own mean shape', () => {
  const table = { ...noStatistics('x'), articulationLogRatios: new Float32Array(64).fill(0.3) }
  const add = shapeExpression(features, table, asSpoken(1))
  const total = new Float64Array(64)
  let along = 0
  for (let frame = 0; frame < 100; frame++) {
    const difference = new Float64Array(64)
    add(frame, difference)
    for (let band = 0; band < 64; band++) {
      total[band] += difference[band] / 100
      along += difference[band] * (lm[frame * 64 + band] - Math.sin(band / 9))
    }
  }
  expect(along).toBeGreaterThan(0)
  for (const value of total) expect(Math.abs(value)).toBeLessThan(1e-6)
})

test('the finer movements of speech stay as they are, and those of singing do not', () => {
  const table = { ...noStatistics('x'), articulationLogRatios: new Float32Array(64).fill(0.3).fill(0, 1, 7) }
  const [spoken, sung] = [false, true].map((isSung) => {
    const difference = new Float64Array(64)
    shapeExpression(features, table, { intensity: 1, isSung })(7, difference)
    return Math.max(...difference.map(Math.abs))
  })
  expect(spoken).toBeLessThan(1e-10)
  expect(sung).toBeGreaterThan(1e-4)
})

test('breath follows the intensity and stays within 9 dB', () => {
  const f0 = new Float64Array(10).fill(200)
  const breath = (breathDb: number, intensity: number) =>
    preparedStatistics({ ...noStatistics('x'), breathDb }).breath(f0, { intensity, isSung: false })
  expect(breath(4, 0)).toBeNull()
  expect(breath(0, 1)).toBeNull()
  expect(breath(4, 0.5)?.[3]).toBe(2)
  expect(breath(40, 1)?.[3]).toBe(9)
})
