import * as z from 'zod'
import type { JobId, SourceId, VocoderId } from '../base/id.ts'
import type { TrainingPoint } from './jobs.ts'
import { fileReference, hashed, id, name, path, verb } from './verb.ts'
import {
  vocoderTraining,
  type TrainedVocoder,
  type VocoderTrainingAsked,
  type VocoderTrainingEstimate,
} from './vocoders.ts'

/** Verbs about vocoders. */
export const vocoderVerbs = {
  'vocoder:list': verb<readonly TrainedVocoder[]>()(z.object({})),
  /** Before a training: what it takes with these recordings. */
  'vocoder:estimateTraining': verb<VocoderTrainingEstimate>()(vocoderTraining),
  'vocoder:train': verb<{ jobId: JobId; vocoderId: VocoderId }>()(vocoderTraining),
  'vocoder:export': verb<{ path: string }>()(z.object({ vocoderId: id<VocoderId>(), path })),
  'vocoder:import': verb<TrainedVocoder>()(z.object({ file: fileReference, name: name.exactOptional() })),
  /** Refused while it learns: cancelling the training removes it too. */
  'vocoder:remove': verb<Record<never, never>>()(z.object({ vocoderId: id<VocoderId>() })),
  'vocoder:trainingCurve': verb<readonly TrainingPoint[]>()(z.object({ vocoderId: id<VocoderId>() })),
  /** Steps whose weights are kept, in order: these can be heard. */
  'vocoder:checkpoints': verb<readonly number[]>()(z.object({ vocoderId: id<VocoderId>() })),
  /** A recording, at most eight seconds of it, as a checkpoint sings it from its own features; beside it as it is. */
  'vocoder:hearCheckpoint': verb<{ jobId: JobId }>()(
    z.object({ vocoderId: id<VocoderId>(), step: z.number().int().min(1).max(9_999_999), clipId: hashed<SourceId>() }),
  ),
  /** What its training was asked for; null where no request is kept any more. */
  'vocoder:asked': verb<VocoderTrainingAsked | null>()(z.object({ vocoderId: id<VocoderId>() })),
} as const
