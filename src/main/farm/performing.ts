import type { ComputePool } from '../compute/workers/pool.ts'
import type { Logger } from '../logger.ts'
import type { ContentStore } from './store/content-store.ts'

export interface FarmWorkerOptions {
  readonly pool: ComputePool
  readonly contents: ContentStore
  /** Passing files of tasks, and what is found out about sources. */
  readonly folder: string
  /** Digest of the emotions that come with this program. */
  readonly shippedEmotions: string
  readonly rateOf: (wavPath: string) => number
  readonly logger: Logger
}

/** What whoever performs a task works with. */
export interface Performing extends FarmWorkerOptions {
  readonly knownFolder: string
}
