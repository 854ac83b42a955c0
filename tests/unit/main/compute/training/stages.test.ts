import { expect, test } from 'vitest'
import { COMPARED_FROM_SEC, stagesOf } from '../../../../../src/main/compute/training/stages.ts'

const enrolled = (singer: number) => ({ method: 'enroll', singers: [singer] })
const together = { method: 'joint', singers: [0, 1] }

test('what a person asks for is done, and nothing else', () => {
  expect(stagesOf('enroll', [600], 'normal', true)).toEqual([enrolled(0)])
  expect(stagesOf('scratch', [10], 'normal', true)).toEqual([{ method: 'scratch', singers: [0] }])
  expect(stagesOf('joint', [10, 600], 'normal', true)).toEqual([together])
})

test('left to itself a training enrolls, and compares only where there is time to and something to win', () => {
  expect(stagesOf('automatic', [COMPARED_FROM_SEC - 1], 'normal', true)).toEqual([enrolled(0)])
  expect(stagesOf('automatic', [COMPARED_FROM_SEC], 'normal', true)).toEqual([
    enrolled(0),
    { method: 'scratch', singers: [0] },
  ])
  expect(stagesOf('automatic', [3600], 'quick', true)).toEqual([enrolled(0)])
  // The two minutes that are promised within two minutes stay a plain enrolment.
  expect(COMPARED_FROM_SEC).toBeGreaterThan(120)
})

test('several are learned together first, so that each has a voice, and then each by themselves', () => {
  expect(stagesOf('automatic', [30, 30], 'normal', true)).toEqual([together, enrolled(0), enrolled(1)])
})

test('without a base there is nothing to be enrolled into', () => {
  expect(stagesOf('enroll', [60], 'normal', false)).toEqual([{ method: 'scratch', singers: [0] }])
  expect(stagesOf('automatic', [600], 'normal', false)).toEqual([{ method: 'scratch', singers: [0] }])
  expect(stagesOf('automatic', [60, 60], 'normal', false)).toEqual([together])
})
