import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulateFarm, type TaskCosts } from '../../bench/farm-simulation.ts'

const costs: TaskCosts = { computeSec: 2, queueSec: 0.001, fetchedBytes: 4e6, sentBytes: 4e6 }

test('without a queue or a store in the way, workers add up', () => {
  const free = { ...costs, queueSec: 0, fetchedBytes: 0, sentBytes: 0 }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (workerCount) => {
      const { tasksPerSec, busyShare } = simulateFarm(free, { workerCount, storeBytesPerSec: 1e8 })
      // All end at the same moments: of the counted tasks a part of one such round is cut off.
      expect(tasksPerSec / (workerCount / 2)).toBeGreaterThan(0.93)
      expect(tasksPerSec / (workerCount / 2)).toBeLessThan(1.08)
      expect(busyShare).toBeLessThan(1.08)
    }),
    { numRuns: 20 },
  )
})

test('no farm is faster than its queue, its store or its workers', () => {
  fc.assert(
    fc.property(
      fc.record({
        computeSec: fc.double({ min: 0.01, max: 50, noNaN: true }),
        queueSec: fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
        fetchedBytes: fc.double({ min: 0, max: 1e8, noNaN: true }),
        sentBytes: fc.double({ min: 1, max: 1e8, noNaN: true }),
      }),
      fc.integer({ min: 1, max: 100 }),
      (own, workerCount) => {
        const storeBytesPerSec = 1e8
        const { tasksPerSec } = simulateFarm(own, { workerCount, storeBytesPerSec })
        const bounds = [
          1 / own.queueSec,
          storeBytesPerSec / (own.fetchedBytes + own.sentBytes),
          workerCount / own.computeSec,
        ]
        expect(tasksPerSec).toBeLessThan(1.1 * Math.min(...bounds))
      },
    ),
    { numRuns: 40 },
  )
})

test('many workers come to what the narrowest place lets through', () => {
  const { tasksPerSec, storeBytesPerSec } = simulateFarm(costs, { workerCount: 1000, storeBytesPerSec: 1e8 })
  expect(tasksPerSec / (1e8 / 8e6)).toBeGreaterThan(0.96)
  expect(tasksPerSec / (1e8 / 8e6)).toBeLessThan(1.04)
  expect(storeBytesPerSec).toBeCloseTo(8e6 * tasksPerSec, -3)
})
