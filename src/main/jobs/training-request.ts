import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId, SingerId, SourceId } from '../../shared/base/id.ts'
import type { PublishedTraining } from '../../shared/contract/compute.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import { waveformSizes, type WaveformChoice } from '../../shared/contract/waveform.ts'
import type { ClipSlice } from '../../shared/screening/slices.ts'
import type { JobContext } from './job-context.ts'

/** What a training was asked about one of its singers. */
export interface TrainingSinger {
  readonly singerId: SingerId
  readonly name: string
  readonly hueIndex: number
  readonly consent: string
  /** Whose voice it is, by name, where the person said so. */
  readonly owner?: string
  readonly clipIds: readonly SourceId[]
  /** What of each clip is learned from; a clip that is not named is used whole. */
  readonly slices?: Readonly<Record<SourceId, readonly ClipSlice[]>>
  /** Clips whose upper bands are empty. */
  readonly narrowClipIds?: readonly SourceId[]
}

/** What a training was asked for; kept with its job, so that it goes on after a restart. */
export interface TrainingRequest extends TrainingSinger {
  /** Others who are learned in the same training. */
  readonly beside?: readonly TrainingSinger[]
  readonly preset: TrainingPreset
  readonly method: AskedMethod
  readonly published?: PublishedTraining
  /** All of them in a waveform model. */
  readonly waveform?: WaveformChoice
  readonly seed: number
  readonly createdAtMs: number
}

/**
 * The larger network pays only where there is time to fill it. Enrolled it takes four times as long and was no better for
 * people whom no base ever heard.
 */
export const trainingSize = (preset: TrainingPreset, method: AskedMethod): 'fast' | 'standard' =>
  preset === 'long' && (method === 'scratch' || method === 'joint') ? 'standard' : 'fast'

/** Everybody who is learned in it, the one it is named after first. */
export const singersOfTraining = (request: TrainingRequest): readonly TrainingSinger[] => [
  request,
  ...(request.beside ?? []),
]

const storedSinger = z.object({
  singerId: z.string().regex(/^[0-9a-z]{1,80}$/),
  name: z.string(),
  hueIndex: z.number().int().min(0).max(7),
  consent: z.string(),
  owner: z.string().exactOptional(),
  clipIds: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1),
  slices: z.record(z.string(), z.array(z.object({ startSec: z.number(), endSec: z.number() }))).exactOptional(),
  narrowClipIds: z.array(z.string()).exactOptional(),
})

const stored = storedSinger.extend({
  beside: z.array(storedSinger).exactOptional(),
  preset: z.enum(['quick', 'normal', 'long']),
  // What was begun before there was a base goes on as it began.
  method: z.enum(['automatic', 'enroll', 'scratch', 'joint']).default('scratch'),
  published: z
    .object({ confusionWeight: z.number(), backTranslationShare: z.number(), reversedShare: z.number() })
    .exactOptional(),
  waveform: z
    .object({
      size: z.enum(waveformSizes),
      steps: z.number().int().min(1).exactOptional(),
      addedTo: z
        .string()
        .regex(/^[0-9a-z]{1,80}$/)
        .exactOptional(),
    })
    .exactOptional(),
  seed: z.number().int(),
  createdAtMs: z.number(),
})

/** Throws FailureError: not-found, when the job's request is gone or unreadable. */
export async function storedTrainingRequest(jobId: JobId, { library }: JobContext): Promise<TrainingRequest> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  // The schema checked every field; only the brands of ids are added.
  if (parsed.success) return parsed.data as unknown as TrainingRequest
  throw new FailureError(
    failure('not-found', 'What this training was about is no longer known.', 'Start it anew from its clips.'),
  )
}
