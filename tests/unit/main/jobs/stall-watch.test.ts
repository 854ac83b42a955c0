import { expect, test } from 'vitest'
import { createStallWatch, type Stall } from '../../../../src/main/jobs/stall-watch.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

function watched(stepMs: number) {
  const clock = createFakeClock()
  const stalls: Stall[] = []
  const watch = createStallWatch((stall) => stalls.push(stall), clock)
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      clock.advance(stepMs)
      watch.hear(false)
    }
  }
  return { clock, stalls, watch, steps }
}

test('a training that takes no step for a minute and a half stands still, however fast its steps are', () => {
  const { clock, stalls, steps } = watched(100)
  steps(50)
  clock.advance(89_000)
  expect(stalls).toEqual([])
  clock.advance(5000)
  expect(stalls).toHaveLength(1)
  expect(stalls[0].usualSec).toBeCloseTo(0.1)
  clock.advance(600_000)
  expect(stalls).toHaveLength(1)
})

test('slow steps are given thirty of their kind', () => {
  const { clock, stalls, steps } = watched(10_000)
  steps(10)
  clock.advance(290_000)
  expect(stalls).toEqual([])
  clock.advance(20_000)
  expect(stalls).toHaveLength(1)
})

test('a training that rests, or that has only begun, does not stand still', () => {
  const resting = watched(100)
  resting.steps(50)
  resting.watch.hear(true)
  resting.clock.advance(3_600_000)
  expect(resting.stalls).toEqual([])
  resting.watch.hear(false)
  resting.steps(30)
  expect(resting.stalls).toEqual([])
  const beginning = watched(100)
  beginning.steps(3)
  beginning.clock.advance(600_000)
  expect(beginning.stalls).toEqual([])
})

test('a watch that was stopped sees nothing', () => {
  const { clock, stalls, steps, watch } = watched(100)
  steps(50)
  watch.stop()
  clock.advance(600_000)
  expect(stalls).toEqual([])
})
