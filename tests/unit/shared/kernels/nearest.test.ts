import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createNearestKernel, nearestReference, type NearestNeighbors } from '../../../../src/shared/kernels/nearest.ts'

let kernel: NearestNeighbors
beforeAll(async () => {
  kernel = createNearestKernel(await compiledKernel('nearest'))
})

/** Values that a sine of a growing phase takes: no pattern that a wrong stride would survive. */
const rows = (count: number, width: number, seed: number) =>
  Float32Array.from({ length: count * width }, (_, i) => Math.sin((i + 1) * (1.7 + seed) + ((i * i) % 97)))

const relativeDifference = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-12)

test('the kernel finds what its plain twin finds', () => {
  const shape = fc.record({
    queryCount: fc.integer({ min: 1, max: 11 }),
    bankCount: fc.integer({ min: 12, max: 200 }),
    width: fc.integer({ min: 1, max: 65 }),
    seed: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(shape, ({ queryCount, bankCount, width, seed }) => {
      const queries = rows(queryCount, width, seed)
      const bank = rows(bankCount, width, seed + 0.3)
      const found = kernel.find(queries, queryCount, bank, bankCount, width, 12)
      const expected = nearestReference.find(queries, queryCount, bank, bankCount, width, 12)
      for (let i = 0; i < expected.distances.length; i++) {
        expect(relativeDifference(found.distances[i], expected.distances[i])).toBeLessThan(1e-5)
        const tie = [i - 1, i + 1].some(
          (j) => relativeDifference(expected.distances[j] ?? Infinity, expected.distances[i]) < 1e-5,
        )
        if (!tie) expect(found.indices[i]).toBe(expected.indices[i])
      }
    }),
  )
})

test.each(['kernel', 'twin'])('the %s gives equal distances in the order of the bank', (which) => {
  const bank = new Float32Array(20 * 4).fill(1)
  const found = (which === 'kernel' ? kernel : nearestReference).find(new Float32Array(5 * 4), 5, bank, 20, 4, 12)
  for (let q = 0; q < 5; q++) {
    expect([...found.indices.subarray(q * 12, q * 12 + 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  }
  expect(found.distances.every((distance) => distance === 4)).toBe(true)
})

test('a key finds itself first, in a bank of full size', () => {
  const bank = rows(10_000, 60, 0.5)
  const queries = bank.slice(60 * 1234, 60 * 1241)
  const found = kernel.find(queries, 7, bank, 10_000, 60, 12)
  for (let q = 0; q < 7; q++) expect([found.indices[q * 12], found.distances[q * 12]]).toEqual([1234 + q, 0])
})

test('more neighbors than bank keys are refused', () => {
  expect(() => kernel.find(new Float32Array(4), 1, new Float32Array(8), 2, 4, 3)).toThrow('3 neighbors')
})
