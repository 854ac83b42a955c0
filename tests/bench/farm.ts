import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { openBullQueue } from '../../src/main/farm/bull/bull-queue.ts'
import { openBullWorker } from '../../src/main/farm/bull/bull-worker.ts'
import { redisAddress } from '../../src/main/farm/bull/redis.ts'
import type { FarmAddress } from '../../src/main/farm/farm-address.ts'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { measureStepsPerSec } from '../../src/main/compute/engines/self-test.ts'
import { openContentStore } from '../../src/main/farm/store/content-store.ts'
import { openStore } from '../../src/main/farm/store/open-store.ts'
import { createWavWriter } from '../../src/main/files/wav-file.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import type { JobId, RegionId } from '../../src/shared/base/id.ts'
import { countParameters } from '../../src/shared/networks/explained/explanation.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../src/shared/networks/spectral-autoencoder/parameters.ts'
import { makeDemoSong } from '../../src/shared/synthesizer/index.ts'
import { startCommand } from '../support/command-line.ts'
import { redisBinary, startRedis, type RedisServer } from '../support/redis-server.ts'
import { openStudio, wholeSource } from '../support/studio.ts'
import { simulateFarm, type TaskCosts } from './farm-simulation.ts'
import type { BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
const REGION_SEC = 10
const REGIONS = 6
const WORKER_COUNTS = [1, 2, 4]
const EMPTY_TASKS = 400
const STORE_BYTES = 64e6
/** Of a cable of one gigabit, without what its protocols take. */
const GIGABIT_BYTES_PER_SEC = 118e6
const SIMULATED_WORKERS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000]

/** Regions converted by 1, 2 and 4 worker processes of this machine, what the way there costs, and what that comes to with many. */
export async function benchFarm(): Promise<BenchRow[]> {
  const binary = redisBinary()
  if (binary === null) {
    process.stderr.write('Skipped “farm”: no redis-server or valkey-server on this machine.\n')
    return []
  }
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  const redis = await startRedis(binary)
  try {
    const paths = writeSources(folder)
    const aloneSec = await convertAll(folder, paths, null)
    const rows: BenchRow[] = []
    for (const count of WORKER_COUNTS) {
      const farmSec = await withWorkers(folder, redis, count, (address) => convertAll(folder, paths, address))
      rows.push({
        name: `farm: ${REGIONS} regions of ${REGION_SEC} s by ${count} worker ${count === 1 ? 'process' : 'processes'} of this machine`,
        measured: `${farmSec.toFixed(1)} s, ${((1000 * (farmSec - aloneSec)) / REGIONS).toFixed(0)} ms a region more than alone`,
        baseline: `by the program itself: ${aloneSec.toFixed(1)} s`,
        ratio: aloneSec / farmSec,
        meaning: 'times as fast as the program itself, which uses all processors as well',
      })
    }
    const way = await measureWay(redis)
    const storeSec = await measureStore(folder)
    return [...rows, ...wayRows(way, storeSec), simulated(aloneSec / REGIONS, way), ...(await sharedTraining(way))]
  } finally {
    await redis.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeSources(folder: string): string[] {
  const { samples } = makeDemoSong(RATE_HZ).stems[0].recording
  const region = samples.subarray(0, REGION_SEC * RATE_HZ)
  return Array.from({ length: REGIONS }, (_, index) => {
    const path = join(folder, `stem ${index}.wav`)
    const writer = createWavWriter(path, { rateHz: RATE_HZ, channelCount: 1, encoding: 'float32' })
    // Each is a sound of its own, so that nothing is known of one from another.
    writer.write([region.map((sample) => sample * (0.5 + 0.05 * index))])
    writer.finish()
    return path
  })
}

let homes = 0
const newHome = (folder: string): string => join(folder, `home-${homes++}`)

/** Seconds from the first request to the last render; libraries and caches are new each time. */
async function convertAll(folder: string, paths: readonly string[], address: FarmAddress | null): Promise<number> {
  const studio = await openStudio(newHome(folder), address)
  const project = await studio.ask('project:create', { name: 'Album', rateHz: RATE_HZ })
  const sources = []
  for (const path of paths) sources.push(await studio.importPath(project.projectId, path))
  const [singer] = await studio.ask('singer:list', {})
  const startMs = performance.now()
  const asked: JobId[] = []
  for (const [index, source] of sources.entries()) {
    const regionId = `region${index}` as RegionId // any letters will do for an id
    asked.push((await studio.ask('project:convert', { ...wholeSource(project, source, singer), regionId })).jobId)
  }
  for (const jobId of asked) await studio.outcome('convert', { jobId })
  const seconds = (performance.now() - startMs) / 1000
  await studio.close()
  return seconds
}

async function withWorkers<T>(
  folder: string,
  redis: RedisServer,
  count: number,
  action: (address: FarmAddress) => Promise<T>,
): Promise<T> {
  const address = { queue: redis.url, store: join(newHome(folder), 'store') }
  mkdirSync(address.store, { recursive: true })
  await redis.kill()
  await redis.start()
  const workers = Array.from({ length: count }, () =>
    startCommand(['worker', '--queue', address.queue, '--store', address.store], newHome(folder)),
  )
  try {
    await Promise.all(workers.map((worker) => worker.wrote(/Working for/)))
    return await action(address)
  } finally {
    for (const worker of workers) worker.process.kill('SIGTERM')
    await Promise.all(workers.map((worker) => worker.ended))
  }
}

interface Way {
  readonly roundTripSec: number
  readonly tasksPerSec: number
  /** Of the server's own processor time. */
  readonly queueSec: number
}

/** Tasks with nothing in them: what is left is the way. */
async function measureWay(redis: RedisServer): Promise<Way> {
  const address = redisAddress(redis.url)
  const worker = await openBullWorker(address, 'trainings', {
    machine: 'bench',
    perform: () => Promise.resolve({ kind: 'done' }),
  })
  const queue = await openBullQueue(address, 'trainings')
  const client = new Redis(redis.url)
  const send = (index: number) => queue.add({ key: `empty-${index}`, urgency: 1, payload: {}, isAnew: false }, {}).ended
  let index = 0
  for (; index < 20; index++) await send(index)
  const singlyMs = performance.now()
  const until = index + 50
  for (; index < until; index++) await send(index)
  const roundTripSec = (performance.now() - singlyMs) / 1000 / 50
  const before = await processorSec(client)
  const startMs = performance.now()
  await Promise.all(Array.from({ length: EMPTY_TASKS }, () => send(index++)))
  const seconds = (performance.now() - startMs) / 1000
  const queueSec = ((await processorSec(client)) - before) / EMPTY_TASKS
  client.disconnect()
  await queue.close()
  await worker.close()
  return { roundTripSec, tasksPerSec: EMPTY_TASKS / seconds, queueSec }
}

async function processorSec(client: Redis): Promise<number> {
  const told = await client.info('cpu')
  const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(told)?.[1] ?? 0)
  return field('used_cpu_sys') + field('used_cpu_user')
}

/** Seconds that bytes take into a shared folder and out of it. */
async function measureStore(folder: string): Promise<number> {
  const place = join(newHome(folder), 'store')
  mkdirSync(place, { recursive: true })
  const path = join(folder, 'bytes')
  writeFileSync(path, randomBytes(STORE_BYTES))
  const store = await openStore(place)
  const sender = openContentStore(store, { cacheFolder: newHome(folder) })
  const fetcher = openContentStore(store, { cacheFolder: newHome(folder) })
  const startMs = performance.now()
  await fetcher.fetchFile(await sender.sendFile(path, silentProgress), silentProgress)
  return (performance.now() - startMs) / 1000
}

const wayRows = ({ roundTripSec, tasksPerSec, queueSec }: Way, storeSec: number): BenchRow[] => [
  {
    name: 'farm: the way of an empty task',
    measured: `${(1000 * roundTripSec).toFixed(1)} ms there and back, ${tasksPerSec.toFixed(0)} a second when many wait`,
    baseline: `of the queue’s own processor time ${(1e6 * queueSec).toFixed(0)} µs: ${(1 / queueSec).toFixed(0)} a second would fill it`,
    ratio: queueSec / roundTripSec,
    meaning: 'of the way is the queue’s own work',
  },
  {
    name: `farm: ${STORE_BYTES / 1e6} MB into a shared folder and out of it`,
    measured: `${storeSec.toFixed(2)} s, every byte hashed twice on either side`,
    baseline: `a cable of one gigabit takes ${((2 * STORE_BYTES) / GIGABIT_BYTES_PER_SEC).toFixed(2)} s for both ways`,
    ratio: storeSec / ((2 * STORE_BYTES) / GIGABIT_BYTES_PER_SEC),
    meaning: 'times as long as that cable',
  },
]

/** What the measured costs come to with many workers. */
function simulated(computeSec: number, { queueSec }: Way): BenchRow {
  const bytes = 4 * REGION_SEC * RATE_HZ
  const costs: TaskCosts = { computeSec, queueSec, fetchedBytes: bytes, sentBytes: bytes }
  const through = (workerCount: number, own = costs) =>
    simulateFarm(own, { workerCount, storeBytesPerSec: GIGABIT_BYTES_PER_SEC })
  const all = SIMULATED_WORKERS.map((count) => ({ count, ...through(count) }))
  const last = all[all.length - 1]
  const full = all.find(({ tasksPerSec }) => tasksPerSec > 0.9 * last.tasksPerSec) ?? last
  const slow = { ...costs, computeSec: 100 * computeSec }
  return {
    name: `farm: simulated, up to ${last.count} workers like this machine`,
    measured: all
      .map(
        ({ count, tasksPerSec, storeBytesPerSec, busyShare }) =>
          `${count} workers ${tasksPerSec.toFixed(1)} tasks/s, ${(storeBytesPerSec / 1e6).toFixed(0)} MB/s, busy ${(100 * busyShare).toFixed(0)} %`,
      )
      .join('\n  '),
    baseline:
      `assumed: a task is ${REGION_SEC} s of sound in ${computeSec.toFixed(2)} s, ${(bytes / 1e6).toFixed(1)} MB each way through one gigabit, ` +
      `${(1e6 * queueSec).toFixed(0)} µs of the queue; nothing fails, nothing is cached, the queue is never empty. ` +
      `From ${full.count} workers on the cable is full. Of tasks that take a hundred times as long, ${last.count} workers do ` +
      `${through(last.count, slow).tasksPerSec.toFixed(1)} a second, busy ${(100 * through(last.count, slow).busyShare).toFixed(0)} %`,
    ratio: last.tasksPerSec * computeSec,
    meaning: `times one worker, at most, with ${last.count} of them`,
  }
}

const SHARED_STEPS = 6

/** Whether two machines that share each batch of one training would be faster than one: what is sent against what is saved. */
async function sharedTraining({ roundTripSec }: Way): Promise<BenchRow[]> {
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const setting = { enginesFolder, hasWindows: false }
  const rows: BenchRow[] = []
  for (const engine of engines) {
    if (engine.isHidden || engine.body === 'window' || !engine.probe(setting).isPresent) continue
    const backend = await openEngine(engine, setting).catch(() => null)
    if (backend === null) continue
    for (const size of ['fast', 'standard'] as const) {
      const stepSec = 1 / (await measureStepsPerSec(() => performance.now(), SHARED_STEPS, size, backend.work))
      rows.push(sharedRow(`${size} network, ${engine.label}`, size, stepSec, roundTripSec))
    }
  }
  return rows
}

function sharedRow(name: string, size: 'fast' | 'standard', stepSec: number, roundTripSec: number): BenchRow {
  const bytes = 4 * countParameters(parameterShapes(spectralAutoencoderSizes[size], 1))
  const sendSec = (2 * bytes) / GIGABIT_BYTES_PER_SEC
  const ms = (seconds: number) => `${(1000 * seconds).toFixed(1)} ms`
  return {
    name: `farm: two machines at one training, ${name}`,
    measured: `half a step ${ms(stepSec / 2)}, gradients of ${(bytes / 1e6).toFixed(2)} MB both ways through one gigabit ${ms(sendSec)}, one way through the queue ${ms(roundTripSec)}`,
    baseline: `a step on one machine: ${ms(stepSec)}`,
    ratio: stepSec / (stepSec / 2 + sendSec + roundTripSec),
    meaning: 'times as fast at most, if halves took half the time and nobody waited',
  }
}
