import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import {
  actsOf,
  describeAct,
  describeMachines,
  describeMeans,
  describeTally,
  ownAddress,
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
  [[farmWorker('emil', { trainingFraction: 0 })], 'One machine works'],
  [[foreign], 'No machine has this version'],
  [[foreign, waiting], 'One machine waits for work'],
  [[foreign, busy], 'One of 2 machines works'],
])('%# machines: %o', (workers, words) => {
  expect(describeMachines(farmState({ workers }))).toBe(words)
})

test('trouble is said in place of what is not known', () => {
  expect(describeMachines(farmState({ trouble: failure('queue-unreachable', 'Gone.') }))).toBe('They can’t be asked')
})

test('a machine says what it does, with what, and what came of it', () => {
  const both = farmWorker('emil', { fraction: 0.5, trainingFraction: 0.02 })
  expect([waiting, busy, both].map((worker) => actsOf(worker).map(describeAct))).toEqual([
    [],
    ['converts, 41 %'],
    ['converts, 50 %', 'trains, 2 %'],
  ])
  expect(describeMeans(waiting, [])).toBe('wasm; 8 threads; version 0.1.0')
  const fresh = farmWorker('dora', { engine: null, threadCount: 1, realTimeFactor: null, doneCount: 0 })
  expect(describeTally(fresh)).toBe('nothing done yet')
  expect(describeMeans(fresh, [])).toBe('1 thread; version 0.1.0')
  expect([describeTally(waiting), describeTally(busy)]).toEqual([
    '12.4× real time; 34 done',
    '12.4× real time; 34 done, 1 failed',
  ])
})

test('the command for another machine is one that a shell takes as it is', () => {
  expect(workerCommand(farmState()).join(' ')).toBe(
    'understudy worker --queue redis://studio.local:6379 --store /mnt/sounds',
  )
  expect(workerCommand(farmState({ storePlace: '/mnt/my sounds' })).join(' ')).toContain('--store "/mnt/my sounds"')
  expect(workerCommand(farmState({ storePlace: 'S:\\sounds' })).join(' ')).toContain('--store S:\\sounds')
})

test.each([
  ['redis://127.0.0.1:6379', '127.0.0.1'],
  ['redis://localhost', 'localhost'],
  ['redis://[::1]:6379', '[::1]'],
  ['redis://studio.local:6379', null],
  ['redis://127.studio.local', null],
  ['redis://…', null],
])('from other machines %s leads to themselves by %s', (queuePlace, address) => {
  expect(ownAddress(farmState({ queuePlace }))).toBe(address)
})
