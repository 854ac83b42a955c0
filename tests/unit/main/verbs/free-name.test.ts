import { expect, test } from 'vitest'
import { requireFreeName, type NameWish } from '../../../../src/main/verbs/free-name.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import type { LearningMethod } from '../../../../src/shared/contract/named-training.ts'
import { exampleJob } from '../../../support/library-records.ts'

const training = (names: readonly string[], method: LearningMethod, state: Job['state'] = 'running'): Job =>
  exampleJob({ kind: 'train', state, training: { names, method } })

const jobs = [
  training(['Day, Ann', 'Tom and Co'], 'waveform'),
  training(['Moods'], 'statistics', 'queued'),
  training(['Faces'], 'relgan', 'paused'),
  training(['Mine'], 'source-filter'),
  training(['Gone'], 'relgan', 'failed'),
  training(['Done'], 'source-filter', 'done'),
  exampleJob({ kind: 'train', title: 'Training Nameless', state: 'paused' }),
]
const queue = { list: () => jobs } as unknown as Parameters<typeof requireFreeName>[2]['queue'] // all that is read of it

function refusal(name: string, wish: Partial<NameWish> & Pick<NameWish, 'kind'>): string | null {
  try {
    requireFreeName(name, { taken: [], ...wish }, { queue })
    return null
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'no error'
  }
}

test('a name is refused while something of its kind learns under it, whatever the method and the case', () => {
  expect(refusal('moods', { kind: 'emotion' })).toBe('There is already an emotion model called “moods”.')
  expect(refusal('FACES', { kind: 'emotion' })).toBe('There is already an emotion model called “FACES”.')
  expect(refusal(' Mine ', { kind: 'vocoder' })).toBe('There is already a vocoder called “ Mine ”.')
  expect(refusal('Tom and Co', { kind: 'singer' })).toBe('There is already a singer called “Tom and Co”.')
  expect(refusal('Day, Ann', { kind: 'singer' })).toBe('There is already a singer called “Day, Ann”.')
})

test('a name is free that only something else bears, what is over, or a part of a name', () => {
  const free = [
    ['Moods', 'vocoder'],
    ['Mine', 'singer'],
    ['Ann', 'singer'],
    ['Tom', 'singer'],
    ['Gone', 'emotion'],
    ['Done', 'vocoder'],
    ['Nameless', 'singer'],
  ] as const
  for (const [name, kind] of free) expect(refusal(name, { kind }), name).toBeNull()
})

test('a name is refused that something in the library bears, and one may keep the name that one learns under', () => {
  expect(refusal('Gone', { kind: 'emotion', taken: ['gone'] })).toMatch('“Gone”')
  expect(refusal('Tom and Co', { kind: 'singer', isOwn: (job) => job === jobs[0] })).toBeNull()
})
