import { expect, test } from 'vitest'
import type { JobId, RegionId, SingerId } from '../../../../src/shared/base/id.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { Jobs } from '../../../../src/renderer/state/Jobs.svelte.ts'
import { job as toldJob } from '../../../support/window-records.ts'

const regionId = 'verse' as RegionId
const job = (id: string, change: Partial<Job> = {}): Job =>
  toldJob(id, { kind: 'convert', title: `Converting ${id}`, state: 'queued', ...change })

/** Answers `jobs:list` with these and keeps what else was asked. */
function listening(known: readonly Job[] = []) {
  const asked: string[] = []
  const call = (async (name: string) => {
    asked.push(name)
    return name === 'jobs:list' ? known : {}
  }) as Call // a test's own application: it answers what the contract says
  return { jobs: new Jobs(call), asked }
}
const changed = (jobs: Jobs, next: Job): void => jobs.receive({ kind: 'job-changed', job: next })

test('waiting jobs stand in the order in which they will start', () => {
  const { jobs } = listening()
  changed(jobs, job('a', { queuePosition: 2 }))
  changed(jobs, job('b', { queuePosition: 1 }))
  changed(jobs, job('c', { state: 'running', fraction: 0.5 }))
  expect(jobs.waiting.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(jobs.running.map(({ id }) => id)).toEqual(['c'])
  expect(jobs.fraction).toBeCloseTo(0.5 / 3)
})

test('a job is known once, by its last news', () => {
  const { jobs } = listening()
  changed(jobs, job('a'))
  changed(jobs, job('a', { state: 'done', fraction: 1 }))
  expect(jobs.jobs).toHaveLength(1)
  expect(jobs.active).toEqual([])
})

test('the newest job speaks for a region', () => {
  const { jobs } = listening()
  const subject = { kind: 'region', projectId: 'p', regionId } as unknown as Job['subject']
  changed(jobs, job('new', { subject, createdAtMs: 2 }))
  changed(jobs, job('old', { subject, createdAtMs: 1 }))
  expect(jobs.ofRegion(regionId)?.id).toBe('new')
})

test('a training is found by its singer', () => {
  const { jobs } = listening()
  const singerId = 'ines' as SingerId
  changed(jobs, job('t', { kind: 'train', subject: { kind: 'singer', singerId } }))
  expect(jobs.ofSinger(singerId)?.id).toBe('t')
})

test('one can wait for the end of a job that runs, and of one that has ended already', async () => {
  const { jobs } = listening()
  changed(jobs, job('a', { state: 'running' }))
  const ending = jobs.finish('a' as JobId)
  changed(jobs, job('a', { state: 'failed' }))
  expect((await ending).state).toBe('failed')
  expect((await jobs.finish('a' as JobId)).state).toBe('failed')
})

test('after a lost connection the list is read anew', async () => {
  const { jobs } = listening([job('a', { state: 'done' })])
  changed(jobs, job('a', { state: 'running' }))
  await jobs.load()
  expect(jobs.running).toEqual([])
})

test('each control of a job asks the verb of its name', async () => {
  const { jobs, asked } = listening()
  const id = 'a' as JobId
  await Promise.all([jobs.cancel(id), jobs.pause(id), jobs.resume(id), jobs.stopAndKeep(id)])
  expect(asked).toEqual(['jobs:cancel', 'jobs:pause', 'jobs:resume', 'jobs:finish'])
})
