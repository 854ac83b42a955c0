import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { EmotionModelId, JobId } from '../../shared/base/id.ts'
import type { EmotionSize, LabeledClip } from '../../shared/contract/emotions.ts'
import type { JobContext } from './job-context.ts'

/** What a training of emotions was asked for; kept with its job, so that it goes on after a restart. */
export interface EmotionRequest {
  readonly modelId: EmotionModelId
  readonly name: string
  readonly clips: readonly LabeledClip[]
  readonly emotions: readonly string[]
  readonly edgeHz: number
  readonly licence: string
  readonly trainedOn: string
  readonly size: EmotionSize
  readonly steps: number
  readonly seed: number
  readonly createdAtMs: number
}

const stored = z.object({
  modelId: z.string().regex(/^[0-9a-z]{1,80}$/),
  name: z.string(),
  clips: z
    .array(
      z.object({
        clipId: z.string().regex(/^[0-9a-f]{64}$/),
        fileName: z.string(),
        emotion: z.string(),
        person: z.string(),
      }),
    )
    .min(1),
  emotions: z.array(z.string()).min(3),
  edgeHz: z.number(),
  licence: z.string(),
  trainedOn: z.string(),
  size: z.enum(['paper', 'compact']),
  steps: z.number().int().min(1),
  seed: z.number().int(),
  createdAtMs: z.number(),
})

/** Throws FailureError: not-found, when the job's request is gone or unreadable. */
export async function storedEmotionRequest(jobId: JobId, { library }: JobContext): Promise<EmotionRequest> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  // The schema checked every field; only the brands of ids are added.
  if (parsed.success) return parsed.data as unknown as EmotionRequest
  throw new FailureError(
    failure('not-found', 'What this training was about is no longer known.', 'Start it anew from its clips.'),
  )
}
