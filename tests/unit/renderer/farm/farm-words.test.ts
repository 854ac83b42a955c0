import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import {
  describeAct,
  describeMachines,
  describeMeans,
  describeTally,
  isOfThisMachineAlone,
  workerCommand,
} from '../../../../src/renderer/farm/farm-words.ts'
import { farmState, farmWorker } from '../../../support/farm-states.ts'

const waiting = farmWorker('anna')
const busy = farmWorker('bert', { fraction: 0.419, failedCount: 1 })
const foreign = farmWorker('carl', { isOfThisVersion: false, fraction: 0.5 })

test.each([
  [[], 'No machine works here yet'],
  [[waiting], 'One machine waits for work'],
  [[waiting, farmWorker('dora')], '2 machines wait for work'],
  [[busy], 'One machine works'],
  [[waiting, busy], 'One of 2 machines works'],
  [[busy, farmWorker('dora', { fraction: 0 }), waiting], '2 of 3 machines work'],
  [[foreign], 'No machine has this version'],
  [[foreign, waiting], 'One machine waits for work'],
])('%# machines: %o', (workers, words) => {
  expect(describeMachines(farmState({ workers }))).toBe(words)
})

test('trouble is said in place of what is not known', () => {
  expect(describeMachines(farmState({ trouble: failure('queue-unreachable', 'Gone.') }))).toBe('They can’t be asked')
})

test('a machine says what it does, with what, and what came of it', () => {
  expect([describeAct(waiting), describeAct(busy)]).toEqual(['waits', 'works, 41 %'])
  expect(describeMeans(waiting, [])).toBe('wasm; 8 threads; 12.4× real time')
  expect(describeMeans(farmWorker('new', { engine: null, threadCount: 1, realTimeFactor: null }), [])).toBe('1 thread')
  expect([describeTally(waiting), describeTally(busy)]).toEqual([
    '34 done; version 0.1.0',
    '34 done, 1 failed; version 0.1.0',
  ])
})

test('the command for another machine is one that a shell takes as it is', () => {
  expect(workerCommand(farmState())).toBe('understudy worker --queue redis://studio.local:6379 --store /mnt/sounds')
  expect(workerCommand(farmState({ storePlace: '/mnt/my sounds' }))).toContain('--store "/mnt/my sounds"')
  expect(workerCommand(farmState({ storePlace: 'S:\\sounds' }))).toContain('--store S:\\sounds')
})

test.each([
  ['redis://127.0.0.1:6379', true],
  ['redis://localhost', true],
  ['redis://[::1]:6379', true],
  ['redis://studio.local:6379', false],
  ['redis://127.studio.local', false],
  ['redis://…', false],
])('%s leads from other machines to themselves: %s', (queuePlace, isAlone) => {
  expect(isOfThisMachineAlone(farmState({ queuePlace }))).toBe(isAlone)
})
