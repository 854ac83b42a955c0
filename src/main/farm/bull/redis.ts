import { Redis } from 'ioredis'
import { failure, FailureError, type Failure } from '../../../shared/base/errors.ts'

/** A queue's address, taken apart. */
export interface RedisAddress {
  readonly url: string
  /** Without user and password. */
  readonly place: string
}

const CONNECT_MS = 5000
const LONGEST_WAIT_MS = 2000

/** `redis://`, `rediss://` (with TLS), and the same of Valkey. Throws FailureError `request-invalid`. */
export function redisAddress(address: string): RedisAddress {
  const wanted = 'Expected something like redis://box.local:6379 or rediss://user:password@box.local:6380.'
  const url = URL.canParse(address) ? new URL(address) : null
  const scheme = url && schemes[url.protocol]
  if (url === null || scheme === undefined || scheme === null || url.hostname === '') {
    throw new FailureError(failure('request-invalid', 'The address of the queue is none of a Redis or Valkey.', wanted))
  }
  const [, rest] = address.split('://')
  return { url: `${scheme}://${rest}`, place: `${scheme}://${url.host}` }
}

const schemes: Readonly<Record<string, 'redis' | 'rediss'>> = {
  'redis:': 'redis',
  'rediss:': 'rediss',
  'valkey:': 'redis',
  'valkeys:': 'rediss',
}

const waitAfter = (times: number): number => Math.min(100 * times, LONGEST_WAIT_MS)
/** What every connection here shares: a command waits for as long as the connection is sought again. */
const patient = { maxRetriesPerRequest: null, connectTimeout: CONNECT_MS } as const

/** For connections that others open: one that is lost is sought again for as long as it is wanted. */
export interface RedisConnection {
  readonly url: string
  readonly maxRetriesPerRequest: null
  readonly connectTimeout: number
  readonly retryStrategy: (times: number) => number | null
}
export const redisConnection = ({ url }: RedisAddress, isWanted: () => boolean): RedisConnection => ({
  url,
  ...patient,
  retryStrategy: (times) => (isWanted() ? waitAfter(times) : null),
})

const ANSWER_MS = 2000
const LONGEST_GOODBYE_MS = 3000
const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

/** Whether somebody answers there now: that a connection was lost is not always known at once. */
export async function isAnswering(redis: Redis): Promise<boolean> {
  if (redis.status !== 'ready') return false
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>()
  redis.once('close', lose)
  try {
    return (await Promise.race([redis.ping().catch(() => null), lost, passed(ANSWER_MS)])) === 'PONG'
  } finally {
    redis.off('close', lose)
  }
}

/** Until connections have ended in order; of those that are lost no end may ever be heard. */
export const goodbye = (ends: Promise<unknown>): Promise<unknown> => Promise.race([ends, passed(LONGEST_GOODBYE_MS)])

/** A connection of one's own. Throws FailureError `queue-unreachable` where none comes about at first. */
export async function openRedis(address: RedisAddress): Promise<Redis> {
  let isOpen = false
  const redis = new Redis(address.url, {
    ...patient,
    lazyConnect: true,
    retryStrategy: (times) => (isOpen ? waitAfter(times) : null),
  })
  let reason = ''
  const hear = (cause: Error) => (reason = cause.message)
  // Heard for as long as it lives: an error that nobody hears ends the process.
  redis.on('error', hear)
  try {
    await redis.connect()
    await redis.ping()
  } catch (cause) {
    redis.disconnect()
    throw new FailureError(queueUnreachable(address, reason || (cause instanceof Error ? cause.message : '')))
  }
  // From now on a loss is for a while.
  isOpen = true
  return redis
}

/** @param reason as the client tells it; empty where it tells none */
export const queueUnreachable = ({ place }: RedisAddress, reason: string): Failure =>
  failure(
    'queue-unreachable',
    `The queue at ${place} can't be reached${reason === '' ? '' : `: ${reason}`}.`,
    'Start it, or see whether its address, password and firewall are right. Without UNDERSTUDY_QUEUE everything is done on this machine.',
  )
