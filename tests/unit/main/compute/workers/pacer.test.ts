import { expect, test } from 'vitest'
import { createPacer } from '../../../../../src/main/compute/workers/pacer.ts'

const idle = { isCalledOff: () => false, onRest: () => {} }

test('at full pace nothing waits', async () => {
  const pacer = createPacer(() => 0)
  await pacer.pause(idle)
})

test('a rest is told once with its reason, and ends when the pace is full again', async () => {
  const pacer = createPacer(() => 0)
  const told: string[] = []
  pacer.set('rest', 'the battery is at 12 %')
  let isOver = false
  const resting = pacer.pause({ ...idle, onRest: (reason) => told.push(reason) }).then(() => (isOver = true))
  await Promise.resolve()
  pacer.wake()
  await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
  pacer.set('full', '')
  await resting
  expect(told).toEqual(['the battery is at 12 %'])
})

test('whoever cancels or pauses a resting task is heard at once', async () => {
  const pacer = createPacer(() => 0)
  let isCalledOff = false
  pacer.set('rest', 'hot')
  const resting = pacer.pause({ isCalledOff: () => isCalledOff, onRest: () => {} })
  isCalledOff = true
  pacer.wake()
  await resting
})

test('at half pace the break is as long as the step, and a change of pace ends it', async () => {
  let nowMs = 0
  const pacer = createPacer(() => nowMs)
  pacer.set('half', 'hot')
  await pacer.pause(idle)
  nowMs = 1e9 // a step that would ask for a break of days
  const resting = pacer.pause(idle)
  pacer.set('full', '')
  await resting
})
