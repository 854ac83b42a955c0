import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createFarmDoor } from '../../../src/main/farm/farm-door.ts'
import { startCommand } from '../../support/command-line.ts'
import { redisBinary, startRedis } from '../../support/redis-server.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'

const binary = redisBinary()

describe.skipIf(binary === null)('the way to other machines', () => {
  async function openDoor() {
    const folder = makeTemporaryFolder()
    const redis = await startRedis(binary ?? '')
    const store = join(folder, 'store')
    mkdirSync(store)
    const door = createFarmDoor({ queue: redis.url, store }, join(folder, 'cache'))
    onTestFinished(async () => {
      await door.close()
      await redis.kill()
      removeFolder(folder)
    })
    return { door, redis, store }
  }

  test('a queue that is lost is told as trouble at once, and found again when it is back', async () => {
    const { door, redis, store } = await openDoor()
    expect(await door.describe()).toEqual({
      queuePlace: redis.url,
      storePlace: store,
      trouble: null,
      workers: [],
      counts: { waiting: 0, active: 0, done: 0, failed: 0 },
      failures: [],
    })
    await redis.kill()
    expect((await door.describe()).trouble?.code).toBe('queue-unreachable')
    await redis.start()
    await expect.poll(async () => (await door.describe()).trouble, { timeout: 20_000 }).toBe(null)
  })
  test('it is closed also while the queue is lost', async () => {
    const { door, redis } = await openDoor()
    expect((await door.describe()).trouble).toBe(null)
    await redis.kill()
    await expect.poll(async () => (await door.describe()).trouble?.code, { timeout: 20_000 }).toBe('queue-unreachable')
    await door.close()
  })
  test('a machine whose queue is lost stops working for it when it is told to', async () => {
    const { redis, store } = await openDoor()
    const words = ['worker', '--queue', redis.url, '--store', store]
    const worker = startCommand(words, join(store, '..', 'worker'))
    onTestFinished(() => void worker.process.kill('SIGKILL'))
    await worker.wrote(/Working for/)
    await redis.kill()
    worker.process.kill('SIGINT')
    await worker.ended
  })
})
