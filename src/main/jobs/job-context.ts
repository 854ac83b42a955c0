import type { Random } from '../../shared/base/random.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'
import type { EngineRoster } from '../compute/engines/engine-roster.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import type { Library } from '../library/client.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths } from '../paths.ts'
import type { EngineBook } from './engine-book.ts'
import type { OpenProjects } from '../projects/open-projects.ts'

/** What jobs work with. */
export interface JobContext {
  readonly version: string
  readonly paths: ApplicationPaths
  readonly library: Library
  readonly pool: ComputePool
  readonly projects: OpenProjects
  readonly engine: EngineBook
  readonly roster: EngineRoster
  /** For ids alone; sound has its own seeds. */
  readonly random: Random
  readonly logger: Logger
  readonly emit: (event: ApplicationEvent) => void
}
