import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { findEngine } from '../../../../../src/main/compute/engines/engines.ts'
import { complaintAbout, selfTestNumbers } from '../../../../../src/main/compute/engines/self-test.ts'
import {
  createShardThreads,
  type ShardThreadOptions,
  type ShardThreads,
} from '../../../../../src/main/compute/shards/shard-threads.ts'
import { FailureError } from '../../../../../src/shared/base/errors.ts'
import { sampleAugmentation } from '../../../../../src/shared/conversion/augmentation.ts'
import { createShardedWork } from '../../../../../src/shared/networks/spectral-autoencoder/sharded-work.ts'
import { localWork, type TensorWork } from '../../../../../src/shared/networks/spectral-autoencoder/tensor-work.ts'
import { isOutOfMemory } from '../../../../../src/shared/nn/out-of-memory.ts'
import type { TrainingState } from '../../../../../src/shared/training/state.ts'
import { createTrainer } from '../../../../../src/shared/training/trainer.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'
import { createClip } from '../../../../support/training-clips.ts'

const shardWorker = pathToFileURL(
  fileURLToPath(new URL('../../../../../src/main/compute/shards/shard-worker.ts', import.meta.url)),
).href
const folder = makeTemporaryFolder()
const opened: ShardThreads[] = []
afterAll(() => {
  for (const threads of opened) threads.stop()
  removeFolder(folder)
})

function threadsOf(options: Partial<ShardThreadOptions> = {}): ShardThreads {
  const threads = createShardThreads({ engine: 'wasm', ...options })
  opened.push(threads)
  return threads
}
const workOf = (count: number, options: Partial<ShardThreadOptions> = {}): TensorWork =>
  createShardedWork(threadsOf(options).run, count)

/** A thread that first does what `before` says, and lives on as the real one where that lets it. */
function threadThat(name: string, before: string): string {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, `${before}\nawait import(${JSON.stringify(shardWorker)})\n`)
  return path
}

const plan = { stepCount: 20, checkSteps: 2, patience: 2 }
function trainerOn(work: TensorWork, resumeFrom: TrainingState | null = null) {
  const clips = [createClip(1, 500), createClip(2, 430)]
  const sampleBandMap = sampleAugmentation
  return createTrainer({ clips, singerCount: 1, size: 'tiny', plan, seed: 5, sampleBandMap, resumeFrom, work })
}
async function trained(work: TensorWork, stepCount: number, resumeFrom: TrainingState | null = null) {
  const trainer = trainerOn(work, resumeFrom)
  for (let step = 0; step < stepCount; step++) await trainer.advance()
  await trainer.check()
  return trainer.save()
}

test('one thread, two and five learn the same bits, and so does a training that goes on with another number', async () => {
  const expected = await trained(workOf(1), 4)
  for (const count of [2, 5]) expect(await trained(workOf(count), 4)).toEqual(expected)
  const first = trainerOn(workOf(3))
  await first.advance()
  await first.advance()
  expect(await trained(workOf(2), 2, first.save())).toEqual(expected)
})

test('threads learn what one engine learns from the whole batch, within 1e-5', async () => {
  const wasm = findEngine('wasm')
  if (wasm === undefined) throw new Error('WebAssembly is always there')
  await openEngine(wasm, { enginesFolder: null, hasWindows: false })
  const [whole, shared] = [trainerOn(localWork), trainerOn(workOf(2))]
  for (let step = 0; step < 4; step++) {
    const [expected, found] = [await whole.advance(), await shared.advance()]
    expect(Math.abs(found.total - expected.total)).toBeLessThan(1e-5 * expected.total)
  }
  const [expected, found] = [await whole.check(), await shared.check()]
  expect(Math.abs(found.heldOutLoss - expected.heldOutLoss)).toBeLessThan(1e-5 * expected.heldOutLoss)
})

test('the self-test’s numbers are right on threads, and nothing is left behind in them', async () => {
  prepareWasm()
  const threads = threadsOf()
  expect(complaintAbout(await selfTestNumbers(createShardedWork(threads.run, 2)))).toBeNull()
  expect(threads.leak()).toEqual({ tensors: 0, bytes: 0 })
})

test('a thread that dies in the middle of a shard is replaced, and the numbers stay the same', async () => {
  const flag = join(folder, 'died')
  const workerPath = threadThat(
    'dies-once',
    `import { existsSync, writeFileSync } from 'node:fs'
     import { parentPort } from 'node:worker_threads'
     if (!existsSync(${JSON.stringify(flag)})) {
       writeFileSync(${JSON.stringify(flag)}, '')
       parentPort.on('message', () => process.exit(1))
     }`,
  )
  expect(await trained(workOf(2, { workerPath }), 2)).toEqual(await trained(workOf(1), 2))
  expect(existsSync(flag)).toBe(true)
})

test('a thread that dies again ends the step with a plain failure, and the next one begins anew', async () => {
  const path = join(folder, 'dies.mjs')
  writeFileSync(path, 'throw new Error("no such processor")\n')
  const trainer = trainerOn(workOf(2, { workerPath: path }))
  const fault: unknown = await trainer.advance().catch((cause: unknown) => cause)
  expect(fault).toBeInstanceOf(FailureError)
  expect(fault).toMatchObject({ failure: { code: 'engine-stopped', details: 'no such processor' } })
})

test('a thread that gives no sign of life is ended and replaced', async () => {
  const flag = join(folder, 'hung')
  const workerPath = threadThat(
    'hangs-once',
    `import { existsSync, writeFileSync } from 'node:fs'
     if (!existsSync(${JSON.stringify(flag)})) {
       writeFileSync(${JSON.stringify(flag)}, '')
       for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
     }`,
  )
  const found = await trained(workOf(1, { workerPath, silenceBoundMs: 5000 }), 1)
  expect(found).toEqual(await trained(workOf(1), 1))
})

test('a thread whose memory runs out says so in words that have the batch halved, and goes on', async () => {
  const flag = join(folder, 'out-of-memory')
  const workerPath = threadThat(
    'out-of-memory-once',
    `import { existsSync, writeFileSync } from 'node:fs'
     if (!existsSync(${JSON.stringify(flag)})) {
       writeFileSync(${JSON.stringify(flag)}, '')
       throw new Error('Worker terminated due to reaching memory limit: JS heap out of memory')
     }`,
  )
  const { run } = threadsOf({ workerPath })
  const numbers = () => selfTestNumbers(createShardedWork(run, 1))
  const fault: unknown = await numbers().catch((cause: unknown) => cause)
  expect(isOutOfMemory(fault)).toBe(true)
  expect(complaintAbout(await numbers())).toBeNull()
})

test('when a shard fails no other is begun, and none computes any more once it is told', async () => {
  const { run } = threadsOf()
  let isComputing = false
  const begun: number[] = []
  const jobs = [0, 1, 2, 3].map((index) => async () => {
    begun.push(index)
    if (index === 0) throw new Error('wrong numbers')
    isComputing = true
    await new Promise((resolve) => setImmediate(resolve))
    isComputing = false
  })
  await expect(run(jobs, 2)).rejects.toThrow('wrong numbers')
  expect(isComputing).toBe(false)
  expect(begun).toEqual([0, 1])
})
