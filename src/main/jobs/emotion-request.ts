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
  readonly licence: string
  readonly trainedOn: string
  readonly plan: StatisticsPlan | RelganPlan
  readonly seed: number
  readonly createdAtMs: number
}

interface StatisticsPlan {
  readonly method: 'statistics'
}

interface RelganPlan {
  readonly method: 'relgan'
  readonly size: EmotionSize
  readonly steps: number
  readonly edgeHz: number
}

const relganPlan = z.object({
  method: z.literal('relgan'),
  size: z.enum(['paper', 'compact']),
  steps: z.number().int().min(1),
  edgeHz: z.number(),
})

const request = z.object({
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
  emotions: z.array(z.string()).min(2),
  licence: z.string(),
  trainedOn: z.string(),
  plan: z.discriminatedUnion('method', [z.object({ method: z.literal('statistics') }), relganPlan]),
  seed: z.number().int(),
  createdAtMs: z.number(),
})

/** Of before tables could be learned: the network's plan beside all else. */
const older = relganPlan.omit({ method: true }).loose()
const stored = z.preprocess((asked) => {
  const { data } = older.safeParse(asked)
  return data === undefined ? asked : { ...data, plan: { ...data, method: 'relgan' } }
}, request)

/** Throws FailureError: not-found, when the job's request is gone or unreadable. */
export async function storedEmotionRequest(jobId: JobId, { library }: JobContext): Promise<EmotionRequest> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  // The schema checked every field; only the brands of ids are added.
  if (parsed.success) return parsed.data as unknown as EmotionRequest
  throw new FailureError(
    failure('not-found', 'What this training was about is no longer known.', 'Start it anew from its clips.'),
  )
}
