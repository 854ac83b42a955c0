import type { ApplicationInfo } from '../../shared/contract/verbs.ts'
import type { JobContext } from '../jobs/job-context.ts'
import type { JobQueue } from '../jobs/queue.ts'

/** What the verbs work with. */
export interface VerbContext extends JobContext {
  readonly host: ApplicationInfo['host']
  readonly version: string
  readonly queue: JobQueue
  /** What the person must be told at start. */
  readonly notices: readonly string[]
}
