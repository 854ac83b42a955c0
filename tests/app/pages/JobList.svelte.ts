import type { Job } from '../../../src/shared/contract/jobs.ts'

/** Jobs that a test sets by hand. */
export class JobList {
  jobs: readonly Job[] = $state.raw([])
}
