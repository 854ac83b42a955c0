import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createWorkerFork } from '../../../../../src/main/compute/workers/fork-worker.ts'
import type { RunningTask, TaskOutcome } from '../../../../../src/main/compute/workers/lane-task.ts'
import {
  createComputePool,
  type ComputePool,
  type ComputePoolOptions,
} from '../../../../../src/main/compute/workers/pool.ts'
import type { SingerId } from '../../../../../src/shared/base/id.ts'
import { defaultPerformance } from '../../../../../src/shared/project/performance.ts'
import type { ComputeTask, ConvertRequest } from '../../../../../src/shared/contract/compute.ts'
import type { EngineId } from '../../../../../src/shared/contract/engines.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const workerPath = fileURLToPath(new URL('../../../../support/obedient-worker.mjs', import.meta.url))
const pools: ComputePool[] = []

function createPool(cancelGraceMs = 100, given: Partial<ComputePoolOptions> = {}): ComputePool {
  const pool = createComputePool({
    workerPath,
    roles: ['interactive', 'training'],
    fork: createWorkerFork({ modelsFolder: '', enginesFolder: null }),
    cancelGraceMs,
    restartDelayMs: 5,
    ...given,
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
  expect(pool.engineOf('interactive')).toEqual({ id: 'wasm', reason: 'always there', isProven: false })
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

/** Does it the first time alone. */
const once = (what: string): string => `once ${join(temporaryFolder(), 'done')} ${what}`
const failureOf = (outcome: TaskOutcome) => {
  if (outcome.kind !== 'failed') throw new Error(JSON.stringify(outcome))
  return outcome.failure
}

test.each(['die', 'abort', 'lost', 'heavy'])(
  'a task whose worker is lost (%s) is tried once more in a new one, and whoever waits is told',
  async (what) => {
    const troubles: string[] = []
    const pool = createPool(100, { memoryCeilingBytes: 4e9, onTrouble: (message) => troubles.push(message) })
    const restarts: string[] = []
    const processes: string[] = []
    const outcome = await pool.run('interactive', work(once(what)), {
      onProgress: (_, phase) => processes.push(phase),
      onRestart: (reason) => restarts.push(reason),
    }).done
    expect(failureOf(outcome).code).toBe('not-found') // the second worker's answer
    expect(new Set(processes).size).toBe(2)
    expect(restarts).toHaveLength(1)
    expect(troubles).toHaveLength(1)
  },
)

test.each([
  ['die', 'engine-stopped', 'stopped while it worked'],
  ['abort', 'engine-out-of-memory', 'no more memory'],
  ['lost', 'engine-device-lost', 'device was lost'],
  ['heavy', 'engine-out-of-memory', 'took 5.0 GB of memory, and 4.0 GB is the most'],
] as const)(
  'lost a second time (%s) it fails as %s and says so, and the next task goes on',
  async (what, code, words) => {
    const pool = createPool(100, { memoryCeilingBytes: 4e9 })
    const doomed = pool.run('interactive', work(what))
    const next = pool.run('interactive', work('answer'))
    const failure = failureOf(await doomed.done)
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(words)
    expect(failure.message).toContain('a second time')
    expect(failureOf(await next.done).code).toBe('not-found')
  },
)

test('a worker that is silent while it computes is left alone, one that is silent beyond every operation is ended', async () => {
  const pool = createPool(100, { silenceBoundMs: 1000, watchTickMs: 20 })
  expect(failureOf(await pool.run('interactive', work('long')).done).code).toBe('not-found')
  const failure = failureOf(await pool.run('interactive', work('loop')).done)
  expect(failure.code).toBe('engine-stopped')
  expect(failure.message).toContain('no sign of life for 1 s')
})

test('a worker in which a task left tensors behind is replaced before the next task, and the log says so', async () => {
  const troubles: string[] = []
  const pool = createPool(100, { onTrouble: (message) => troubles.push(message) })
  const leaky = started(pool, 'leak')
  await leaky.task.done
  const next = started(pool, 'answer')
  expect(await next.processId).not.toBe(await leaky.processId)
  expect(troubles).toEqual([
    'The task “analyze” left 3 tensors with 120 bytes behind; its interactive worker is replaced.',
  ])
})

test('what each worker holds is known as long as it is up', async () => {
  const pool = createPool()
  expect(pool.states()).toEqual([])
  await started(pool, 'leak').task.done
  expect(pool.states()).toEqual([
    { role: 'interactive', residentBytes: 0, tensorCount: 3, taskCount: 1, startCount: 1 },
  ])
  await started(pool, 'answer').task.done
  expect(pool.states()).toMatchObject([{ role: 'interactive', tensorCount: 0, taskCount: 0, startCount: 2 }])
})

test('what a worker had begun to write when it was lost is cleared, and nothing else', async () => {
  const folder = temporaryFolder()
  const outPath = join(folder, 'render.wav')
  const names = ['.render.wav.0123456789ab.part', '.other.wav.0123456789ab.part', 'render.wav']
  for (const name of names) writeFileSync(join(folder, name), 'x')
  const request: ConvertRequest = {
    sourcePath: '',
    sourceStartSamples: 0,
    durationSamples: 1,
    singerPath: '',
    blendedSingerPaths: [],
    performance: defaultPerformance('mira' as SingerId), // any letters will do for an id
    outPath,
    renderKey: '',
  }
  // This worker knows no such task, and dies of it each time.
  const outcome = await createPool().run('interactive', { kind: 'convert', request }).done
  expect(failureOf(outcome).code).toBe('engine-stopped')
  expect(readdirSync(folder).toSorted()).toEqual(names.slice(1).toSorted())
})

test('a worker whose engine is outdated is replaced before the next task, and works until then', async () => {
  let best: EngineId = 'cpu'
  const pool = createPool(100, {
    chooseEngine: () => Promise.resolve({ id: best, reason: 'for tests', isProven: true }),
    isOutdated: (_role, { id }) => id !== best,
  })
  const first = started(pool, 'answer')
  await first.task.done
  const same = started(pool, 'answer')
  expect(await same.processId).toBe(await first.processId)
  await same.task.done
  best = 'wasm'
  const next = started(pool, 'answer')
  expect(await next.processId).not.toBe(await first.processId)
})

test('an engine that is outdated from its start on is used all the same, not replaced without end', async () => {
  const pool = createPool(100, {
    chooseEngine: () => Promise.resolve({ id: 'cpu', reason: 'for tests', isProven: true }),
    isOutdated: () => true,
  })
  expect(failureOf(await pool.run('interactive', work('answer')).done).code).toBe('not-found')
})

test('the pace reaches the worker that runs, and the one that replaces it', async () => {
  const pool = createPool()
  pool.setPace('interactive', 'rest', 'the battery is at 12 %')
  expect(failureOf(await pool.run('interactive', work('pace')).done).message).toBe('rest: the battery is at 12 %')
  pool.setPace('interactive', 'full', '')
  expect(failureOf(await pool.run('interactive', work('pace')).done).message).toBe('full: ')
  pool.setPace('interactive', 'half', 'hot')
  await pool.run('interactive', work('die')).done
  expect(failureOf(await pool.run('interactive', work('pace')).done).message).toBe('half: hot')
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

test('a worker whose engine hangs while it opens is ended, and after three of them the task fails with the reason', async () => {
  process.env['WORKER_TEST_HANGS_AT_START'] = '1'
  try {
    const losses: string[] = []
    const onLoss = (_role: string, _engine: unknown, lost: { readonly message: string }) => losses.push(lost.message)
    const pool = createPool(100, { startBoundMs: 100, watchTickMs: 20, onLoss })
    const failure = failureOf(await pool.run('interactive', work('answer')).done)
    expect(failure.code).toBe('engine-unavailable')
    expect(failure.details).toContain('did not start within')
    expect(losses).toHaveLength(3)
  } finally {
    delete process.env['WORKER_TEST_HANGS_AT_START']
  }
})

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false // no such process
  }
}
