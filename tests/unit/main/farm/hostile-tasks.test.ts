import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComputePool } from '../../../../src/main/compute/workers/pool.ts'
import { failureOfReason, reasonOfFailure, wantedEndOf } from '../../../../src/main/farm/bull/failure-reason.ts'
import { progressOf } from '../../../../src/main/farm/bull/task-progress.ts'
import { createFarmWorker } from '../../../../src/main/farm/farm-worker.ts'
import { openContentStore } from '../../../../src/main/farm/store/content-store.ts'
import { openStore } from '../../../../src/main/farm/store/open-store.ts'
import { clearTaskFolders } from '../../../../src/main/farm/task-folders.ts'
import type { TaskInHand } from '../../../../src/main/farm/task-queue.ts'
import { createLogger } from '../../../../src/main/logger.ts'
import { failure } from '../../../../src/shared/base/errors.ts'
import { trainingState } from '../../../../src/shared/contract/portable-training.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const nowhere: ComputePool = {
  run: () => {
    throw new Error('it was begun')
  },
  engineOf: () => null,
  states: () => [],
  setPace: () => {},
  stop: () => {},
}

async function openWorker() {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'store'))
  const contents = openContentStore(await openStore(join(folder, 'store')), { cacheFolder: join(folder, 'cache') })
  const worker = createFarmWorker({
    pool: nowhere,
    contents,
    folder: join(folder, 'farm'),
    shippedEmotions: '',
    rateOf: () => 48_000,
    logger: createLogger(folder, 'test'),
  })
  return { folder, worker }
}

const inHand = (payload: unknown): TaskInHand => ({
  key: 'k'.repeat(64),
  payload,
  signal: new AbortController().signal,
  onWish: () => {},
  report: () => {},
})

test('whatever lies in the queue and is no task of this program is refused, and nothing is begun', async () => {
  const { folder, worker } = await openWorker()
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (payload) => {
      for (const perform of [worker.convert, worker.train]) {
        expect(await perform(inHand(payload))).toMatchObject({ kind: 'failed', failure: { code: 'request-invalid' } })
      }
    }),
    { numRuns: 50 },
  )
  expect(existsSync(join(folder, 'farm', 'tasks'))).toBe(false)
})

test.each([
  '../singer.singer',
  '/etc/passwd',
  'a/../../b',
  '.hidden',
  'a/.hidden',
  'a/b/c',
  'a\\b',
  'C:evil',
  '',
  'nul\0',
])('“%s” names no file of a training', (name) => {
  const state = [{ files: [{ name, content: 'a'.repeat(64) }], singer: null }]
  expect(trainingState.safeParse(state).success).toBe(false)
})

test('a failure comes through the queue as it was, what a person wanted as well, and the queue’s own words as a lost machine', () => {
  const told = failure('disk-full', 'The disk is full.', 'Free some space.', 'ENOSPC')
  expect(failureOfReason(reasonOfFailure(told))).toEqual(told)
  expect([wantedEndOf('cancelled'), wantedEndOf('paused'), wantedEndOf(reasonOfFailure(told))]).toEqual([
    'cancelled',
    'paused',
    null,
  ])
  for (const reason of ['job stalled more than allowable limit', '{"code":"none"}', 'null', undefined]) {
    expect(failureOfReason(reason)).toMatchObject({ code: 'engine-stopped' })
  }
})

test('progress that is none is not told', () => {
  expect(progressOf({ fraction: 0.5, phase: 'singing' })).toEqual({ fraction: 0.5, phase: 'singing' })
  for (const said of [1, null, { fraction: 2, phase: '' }, { fraction: 0.5 }, { fraction: NaN, phase: '' }]) {
    expect(progressOf(said)).toBeNull()
  }
})

test('what workers that live no more had begun is cleared, what is in hand stays', async () => {
  const folder = temporaryFolder()
  const tasks = join(folder, 'tasks')
  for (const name of [`${process.pid}-here`, '999999999-gone', 'nonsense']) {
    mkdirSync(join(tasks, name), { recursive: true })
    writeFileSync(join(tasks, name, 'render.wav'), '')
  }
  await clearTaskFolders(folder)
  expect(readdirSync(tasks)).toEqual([`${process.pid}-here`])
})
