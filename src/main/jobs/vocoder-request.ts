import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId, VocoderId } from '../../shared/base/id.ts'
import { vocoderTraining, type VocoderTrainingAsked } from '../../shared/contract/vocoders.ts'
import * as z from 'zod'
import type { JobContext } from './job-context.ts'

/** What a training of a vocoder was asked for; kept with its job, so that it goes on after a restart. */
export interface VocoderRequest extends VocoderTrainingAsked {
  readonly vocoderId: VocoderId
  readonly createdAtMs: number
}

const stored = vocoderTraining.extend({ vocoderId: z.string().regex(/^[0-9a-z]{1,80}$/), createdAtMs: z.number() })

/** Throws FailureError: not-found, when the job's request is gone or unreadable. */
export async function storedVocoderRequest(jobId: JobId, { library }: JobContext): Promise<VocoderRequest> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  if (parsed.success) return { ...parsed.data, vocoderId: parsed.data.vocoderId as VocoderId } // only the brand is added
  throw new FailureError(
    failure('not-found', 'What this training was about is no longer known.', 'Start it anew from its recordings.'),
  )
}
