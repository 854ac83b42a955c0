import type { Redis } from 'ioredis'
import * as z from 'zod'
import type { FarmWorker } from '../../../shared/contract/farm-state.ts'
import { ENGINE_VERSION } from '../../compute/engine-version.ts'
import { PREFIX, workerKey } from './queue-names.ts'
import { isAnswering } from './redis.ts'

const BEAT_MS = 3000
/** Who has said nothing for so long is gone. */
const KEPT_SEC = 10
const SCANNED_AT_ONCE = 200

const word = z.string().max(200)
const count = z.int().min(0)
const said = z.object({
  id: word,
  machine: word,
  version: word,
  engineVersion: z.int(),
  engine: word.nullable(),
  threadCount: count,
  fraction: z.number().min(0).max(1).nullable(),
  trainingFraction: z.number().min(0).max(1).nullable(),
  realTimeFactor: z.number().positive().nullable(),
  doneCount: count,
  failedCount: count,
  startedAtMs: z.number(),
})

/** What a worker says of itself. */
export type Announcement = Omit<z.infer<typeof said>, 'engineVersion'>

/** Says every few seconds that a worker lives, and what it does. The answer ends it, and the worker is gone at once. */
export function announce(redis: Redis, describe: () => Announcement): () => Promise<void> {
  const tell = () => {
    const announcement = { ...describe(), engineVersion: ENGINE_VERSION }
    // What is not heard is said again soon.
    redis.set(workerKey(announcement.id), JSON.stringify(announcement), 'EX', KEPT_SEC).catch(() => {})
  }
  tell()
  const beating = setInterval(tell, BEAT_MS)
  return async () => {
    clearInterval(beating)
    if (await isAnswering(redis)) await redis.del(workerKey(describe().id)).catch(() => {})
  }
}

/** All workers that live, by the names of their machines. What is no announcement is passed over. */
export async function presentWorkers(redis: Redis): Promise<readonly FarmWorker[]> {
  const keys = new Set<string>()
  let cursor = '0'
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${PREFIX}:worker:*`, 'COUNT', SCANNED_AT_ONCE)
    for (const key of found) keys.add(key)
    cursor = next
  } while (cursor !== '0')
  const texts = keys.size === 0 ? [] : await redis.mget([...keys])
  return texts.flatMap((text) => workerOf(text) ?? []).sort(byMachine)
}

function workerOf(text: string | null): FarmWorker | null {
  const parsed = said.safeParse(parsedJson(text))
  if (!parsed.success) return null
  const { engineVersion, ...worker } = parsed.data
  return { ...worker, isOfThisVersion: engineVersion === ENGINE_VERSION }
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null // somebody else's key
  }
}

const byMachine = (a: FarmWorker, b: FarmWorker): number =>
  a.machine === b.machine ? a.startedAtMs - b.startedAtMs : a.machine < b.machine ? -1 : 1
