import type { Told } from '../../shared/contract/told.ts'
import type { ApplicationInfo } from '../../shared/contract/verbs.ts'
import type { RecoveryStore } from '../files/recovery.ts'
import type { JobContext } from '../jobs/job-context.ts'
import type { OutlineBook } from '../jobs/pitch-outlines.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { WatchBook } from './watch-book.ts'

/** What the verbs work with. */
export interface VerbContext extends JobContext {
  readonly host: ApplicationInfo['host']
  readonly queue: JobQueue
  readonly outlines: OutlineBook
  readonly recovery: RecoveryStore
  readonly watch: WatchBook
  readonly demoWorkerPath: string
  /** What the person must be told at start. */
  readonly notices: readonly string[]
  readonly toldNotices: readonly Told[]
}
