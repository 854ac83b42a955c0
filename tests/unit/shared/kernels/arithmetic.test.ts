import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { instantiateKernel, type AllocatingExports } from '../../../../src/shared/kernels/instance.ts'
import { createNormals } from '../../../../src/shared/world/random.ts'

/** Parts that kernels import, each compiled alone; behind what it takes itself lies the room that the tests use. */
interface PartExports extends AllocatingExports {
  exponentials(values: number, count: number): void
  logarithms(values: number, count: number): void
  seedNoise(x: number, y: number, z: number, w: number): void
  takeNormals(count: number): number
}
const arrays = instantiateKernel<PartExports>(await compiledKernel('numbers/over-arrays'))
const noise = instantiateKernel<PartExports>(await compiledKernel('numbers/noise'))

const ROOM = 32_768
const through = (values: readonly number[], run: (at: number, count: number) => void): Float64Array => {
  if (arrays.memory.buffer.byteLength < 4 * ROOM) arrays.memory.grow(2)
  const room = new Float64Array(arrays.memory.buffer, ROOM, values.length + 1)
  room.set(values)
  run(ROOM, values.length)
  return room.slice(0, values.length)
}
const manyOf = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: 1, maxLength: 50 })
const numbers = (min: number, max: number) => manyOf(fc.double({ min, max, noNaN: true }))

describe('the kernels’ arithmetic', () => {
  test('has the exponential of every number to two units in the last place', () => {
    fc.assert(
      fc.property(numbers(-700, 700), (values) => {
        const found = through(values, arrays.exponentials)
        values.forEach((value, i) =>
          expect(Math.abs(found[i] / Math.exp(value) - 1)).toBeLessThanOrEqual(2 * Number.EPSILON),
        )
      }),
    )
  })

  test('stays finite and above zero where the exponential would not', () => {
    const [low, high] = through([-1e9, 1e9], arrays.exponentials)
    expect(low).toBeGreaterThan(0)
    expect(high).toBeLessThan(Infinity)
  })

  test('has the logarithm of every positive number to two units in the last place', () => {
    fc.assert(
      fc.property(numbers(-300, 300), (exponents) => {
        const values = exponents.map((exponent) => 10 ** exponent)
        const found = through(values, arrays.logarithms)
        values.forEach((value, i) => {
          const allowed = 2 * Number.EPSILON * Math.max(Math.abs(Math.log(value)), 0.1)
          expect(Math.abs(found[i] - Math.log(value))).toBeLessThanOrEqual(allowed)
        })
      }),
    )
    expect(through([1], arrays.logarithms)[0]).toBe(0)
  })

  test('draws the noise of the plain generator, bit for bit, in runs of any length', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 12 }), (skipped, runs) => {
        const plain = createNormals()
        plain.skip(skipped)
        const [x, y, z, w] = plain.state()
        noise.seedNoise(x, y, z, w)
        for (const count of runs) {
          const at = noise.takeNormals(count)
          const found = new Float64Array(noise.memory.buffer, at, count)
          expect(found.every((value) => value === plain.next())).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
  })
})
