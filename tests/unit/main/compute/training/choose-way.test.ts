import { expect, test } from 'vitest'
import { chooseWay } from '../../../../../src/main/compute/training/choose-way.ts'

const way = (method: 'enroll' | 'scratch' | 'joint', errorDb: number | null) => ({ method, errorDb })

test('the least error on phrases held back is chosen, in whatever order it was tried', () => {
  expect(chooseWay([way('enroll', 3.9), way('scratch', 3.5)]).method).toBe('scratch')
  expect(chooseWay([way('enroll', 3.5), way('scratch', 3.9)]).method).toBe('enroll')
  expect(chooseWay([way('joint', 3.5), way('enroll', 3.9)]).method).toBe('joint')
})

test('the enrolled singer stays where the difference says nothing', () => {
  expect(chooseWay([way('joint', 3.86), way('enroll', 3.89)]).method).toBe('enroll')
  expect(chooseWay([way('enroll', 3.89), way('scratch', 3.86)]).method).toBe('enroll')
})

test('one way alone needs no figures', () => {
  expect(chooseWay([way('joint', null)]).method).toBe('joint')
})
