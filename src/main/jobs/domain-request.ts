import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { DomainId, JobId } from '../../shared/base/id.ts'
import { domainTraining, type DomainTrainingAsked } from '../../shared/contract/domains.ts'
import type { JobContext } from './job-context.ts'

/** What a training of domains was asked for; kept with its job, so that it goes on after a restart. */
export interface DomainRequest extends DomainTrainingAsked {
  /** In the order of the domains. */
  readonly domainIds: readonly DomainId[]
  readonly createdAtMs: number
}

const stored = domainTraining.extend({
  domainIds: z.array(z.string().regex(/^[0-9a-z]{1,80}$/)).min(1),
  createdAtMs: z.number(),
})

/** Throws FailureError: not-found, when the job's request is gone or unreadable. */
export async function storedDomainRequest(jobId: JobId, { library }: JobContext): Promise<DomainRequest> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  // Only the brand is added.
  if (parsed.success) return { ...parsed.data, domainIds: parsed.data.domainIds as DomainId[] }
  throw new FailureError(
    failure('not-found', 'What this training was about is no longer known.', 'Start it anew from its recordings.'),
  )
}
