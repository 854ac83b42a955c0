import * as z from 'zod'
import type { DomainId, JobId } from '../base/id.ts'
import { domainTraining, type AskedDomains, type DomainTrainingEstimate, type TrainedDomain } from './domains.ts'
import type { TrainingPoint } from './jobs.ts'
import { fileReference, id, name, path, verb } from './verb.ts'

/** Verbs about domains of music. */
export const domainVerbs = {
  'domain:list': verb<readonly TrainedDomain[]>()(z.object({})),
  /** What a training will take with these recordings, on this machine as it is now. */
  'domain:estimateTraining': verb<DomainTrainingEstimate>()(domainTraining),
  'domain:train': verb<{ jobId: JobId; domainIds: readonly DomainId[] }>()(domainTraining),
  'domain:export': verb<{ path: string }>()(z.object({ domainId: id<DomainId>(), path })),
  'domain:import': verb<TrainedDomain>()(z.object({ file: fileReference, name: name.exactOptional() })),
  /** Refused while it learns: cancelling the training removes it too. */
  'domain:remove': verb<Record<never, never>>()(z.object({ domainId: id<DomainId>() })),
  /** Of the training that the domain is or was learned in. */
  'domain:trainingCurve': verb<readonly TrainingPoint[]>()(z.object({ domainId: id<DomainId>() })),
  /** What that training was asked for; null where no request is kept any more. */
  'domain:asked': verb<AskedDomains | null>()(z.object({ domainId: id<DomainId>() })),
} as const
