import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createWorkerFork } from '../../../../src/main/compute/fork-worker.ts'
import { createComputePool, type ComputePool, type RunningTask } from '../../../../src/main/compute/pool.ts'
import type { ComputeTask } from '../../../../src/shared/contract/compute.ts'

const workerPath = fileURLToPath(new URL('../../../support/obedient-worker.mjs', import.meta.url))
const pools: ComputePool[] = []

function createPool(cancelGraceMs = 100): ComputePool {
  const pool = createComputePool({
    workerPath,
    roles: ['interactive', 'training'],
    fork: createWorkerFork({ modelsFolder: '', enginesFolder: null }),
    cancelGraceMs,
    restartDelayMs: 5,
  })
  pools.push(pool)
  return pool
}

afterEach(() => {
  for (const pool of pools.splice(0)) pool.stop()
})

const work = (path: string): ComputeTask => ({ kind: 'analyze', request: { path } })

/** Runs a task and settles with the worker's process id once it works on it. */
function started(pool: ComputePool, path: string, role: 'interactive' | 'training' = 'interactive') {
  const { promise, resolve } = Promise.withResolvers<string>()
  const task: RunningTask = pool.run(role, work(path), { onProgress: (_, phase) => resolve(phase) })
  return { task, processId: promise }
}

test('a worker starts at the first task, tells its engine, and is kept for the next', async () => {
  const pool = createPool()
  expect(pool.engineOf('interactive')).toBeNull()
  const first = started(pool, 'answer')
  expect(await first.task.done).toEqual({ kind: 'failed', failure: { code: 'not-found', message: 'no' } })
  expect(pool.engineOf('interactive')).toEqual({ id: 'wasm', reason: 'for tests' })
  const second = started(pool, 'answer')
  expect(await second.processId).toBe(await first.processId)
})

test('a training and a preview run beside each other in processes of their own', async () => {
  const pool = createPool()
  const training = started(pool, 'wait', 'training')
  const preview = started(pool, 'wait', 'interactive')
  expect(await training.processId).not.toBe(await preview.processId)
  training.task.pause()
  preview.task.cancel()
  expect(await training.task.done).toEqual({ kind: 'paused' })
  expect(await preview.task.done).toEqual({ kind: 'cancelled' })
})

test('a worker that dies fails its own task as stopped, and the next task gets a new one', async () => {
  const pool = createPool()
  const doomed = started(pool, 'die')
  const next = started(pool, 'answer')
  const outcome = await doomed.task.done
  expect(outcome.kind === 'failed' && outcome.failure.code).toBe('engine-stopped')
  expect(await next.task.done).toMatchObject({ kind: 'failed', failure: { code: 'not-found' } })
  expect(await next.processId).not.toBe(await doomed.processId)
})

test.each(['deaf', 'loop'])(
  'a cancelled task that is %s is killed, counts as cancelled, and the next goes on',
  async (path) => {
    const pool = createPool(50)
    const stubborn = started(pool, path)
    await stubborn.processId
    stubborn.task.cancel()
    expect(await stubborn.task.done).toEqual({ kind: 'cancelled' })
    expect(await pool.run('interactive', work('answer')).done).toMatchObject({ kind: 'failed' })
  },
)

test('a task that still waits is cancelled or paused without ever starting', async () => {
  const pool = createPool()
  const running = started(pool, 'wait')
  const waiting = pool.run('interactive', work('wait'))
  const paused = pool.run('interactive', work('wait'))
  waiting.cancel()
  paused.pause()
  expect(await waiting.done).toEqual({ kind: 'cancelled' })
  expect(await paused.done).toEqual({ kind: 'paused' })
  await running.processId
  running.task.cancel()
  expect(await running.task.done).toEqual({ kind: 'cancelled' })
})

test('stopping kills every worker and fails what still ran, and a stopped pool takes nothing more', async () => {
  const pool = createPool()
  const running = started(pool, 'loop')
  const processId = Number(await running.processId)
  pool.stop()
  expect(await running.task.done).toMatchObject({ kind: 'failed', failure: { code: 'engine-stopped' } })
  await expect.poll(() => isAlive(processId)).toBe(false)
  expect(await pool.run('training', work('wait')).done).toMatchObject({ kind: 'failed' })
})

test('a worker that never becomes ready ends in a plain failure, not in endless restarts', async () => {
  process.env['WORKER_TEST_REFUSES_TO_START'] = '1'
  try {
    const outcome = await createPool().run('interactive', work('answer')).done
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'engine-unavailable' } })
  } finally {
    delete process.env['WORKER_TEST_REFUSES_TO_START']
  }
})

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false // no such process
  }
}
