import type { Random } from '../../shared/base/random.ts'
import type { FarmState } from '../../shared/contract/farm-state.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'
import type { EngineRoster } from '../compute/engines/engine-roster.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import type { Library } from '../library/client.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths } from '../paths.ts'
import type { EngineBook } from './engine-book.ts'
import type { OpenProjects } from '../projects/open-projects.ts'

/** Who can say how the other machines fare. */
export interface FarmTeller {
  describe(): Promise<FarmState>
}

/** What jobs work with. */
export interface JobContext {
  readonly version: string
  readonly paths: ApplicationPaths
  readonly library: Library
  readonly pool: ComputePool
  readonly projects: OpenProjects
  readonly engine: EngineBook
  readonly roster: EngineRoster
  /** Null where everything is done on this machine. */
  readonly farm: FarmTeller | null
  /** For ids alone; sound has its own seeds. */
  readonly random: Random
  readonly logger: Logger
  readonly emit: (event: ApplicationEvent) => void
}
