import { failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { FarmState } from '../../shared/contract/farm-state.ts'
import { withoutCredentials, type FarmAddress } from './farm-address.ts'
import type { Farm } from './farm.ts'

/** The way to the other machines: opened when there is something for them, and tried anew where it could not be. */
export interface FarmDoor {
  /** Throws FailureError: a queue or a store that can't be reached, an address that is none. */
  open(): Promise<Farm>
  describe(): Promise<FarmState>
  close(): Promise<void>
}

export function createFarmDoor(address: FarmAddress, cacheFolder: string): FarmDoor {
  let opening: Promise<Farm> | null = null
  const open = () => {
    // The clients of a queue and a store are loaded by those who use them.
    const own = opening ?? import('./farm.ts').then(({ openFarm }) => openFarm(address, cacheFolder))
    opening = own
    own.catch(() => (opening = null))
    return own
  }
  return {
    open,
    async describe() {
      const places = { queuePlace: withoutCredentials(address.queue), storePlace: withoutCredentials(address.store) }
      try {
        return { ...places, ...(await (await open()).describe()), trouble: null }
      } catch (cause) {
        return { ...places, ...nothing, trouble: troubleOf(cause) }
      }
    },
    async close() {
      const own = opening
      opening = null
      const farm = await own?.catch(() => null)
      await farm?.close()
    },
  }
}

const nothing = { workers: [], counts: { waiting: 0, active: 0, done: 0, failed: 0 }, failures: [] } as const

function troubleOf(cause: unknown): Failure {
  if (cause instanceof FailureError) return cause.failure
  return failure('queue-unreachable', 'The other machines can’t be asked.', 'Try again.', String(cause))
}
