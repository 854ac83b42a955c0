import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priorities, type Priority } from '../../../../src/main/compute/workers/standing.ts'
import { urgencyOf } from '../../../../src/main/farm/urgency.ts'

const priority = fc.constantFrom(...(Object.keys(priorities) as Priority[]))
const waiting = fc.nat(10_000_000)
/** What BullMQ takes. */
const LARGEST = 2_097_151

test('what is played comes before everything that is only visible, and that before the rest, however much waits', () => {
  fc.assert(
    fc.property(waiting, waiting, (few, many) => {
      expect(urgencyOf('selected', many)).toBeLessThan(urgencyOf('visible', few))
      expect(urgencyOf('visible', many)).toBeLessThan(urgencyOf('rest', few))
    }),
  )
})

test('of two projects the one with less in the queue is served first', () => {
  fc.assert(
    fc.property(priority, fc.nat(100_000), fc.nat(100_000), (own, one, other) => {
      expect(Math.sign(urgencyOf(own, one) - urgencyOf(own, other))).toBe(Math.sign(one - other))
    }),
  )
})

test('every urgency is one that the queue takes', () => {
  fc.assert(
    fc.property(priority, waiting, (own, count) => {
      const urgency = urgencyOf(own, count)
      expect(Number.isInteger(urgency) && urgency >= 1 && urgency <= LARGEST).toBe(true)
    }),
  )
})
