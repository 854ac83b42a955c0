import { resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import type { Application } from '../application.ts'
import { followJob, type Following } from './follow-job.ts'
import { request } from './request.ts'

export interface SingerRequest {
  readonly name: string
  readonly clipPaths: readonly string[]
  readonly preset: TrainingPreset
  /** Missing, automatic. */
  readonly method?: AskedMethod
  readonly seed: number
  readonly consent?: string
  readonly hueIndex?: number
}

/** Inspects clips, trains on those that can be learned from, answers the singer's id. */
export async function trainFromClips(
  application: Application,
  { name, clipPaths, preset, method, seed, consent, hueIndex }: SingerRequest,
  context: Following,
): Promise<SingerId> {
  const files = clipPaths.map((path) => ({ kind: 'path' as const, path: resolve(path) }))
  const inspection = await request(application, 'singer:inspectClips', { files })
  const { clips } = await followJob(application, inspection.jobId, 'inspect', context)
  const kept = clips.filter((clip) => clip.isKept)
  if (kept.length === 0) {
    const reasons = clips.slice(0, 5).map((clip) => `${clip.fileName}: ${clip.reason}`)
    throw new FailureError(
      failure(
        'clips-too-few',
        `None of the ${clips.length} clips for ${name} can be learned from.`,
        reasons.join('; '),
      ),
    )
  }
  const { jobId, singerId } = await request(application, 'singer:train', {
    name,
    hueIndex: hueIndex ?? 0,
    consent: consent ?? 'Trained to be measured, and removed again.',
    clipIds: kept.map((clip) => clip.clipId),
    preset,
    ...(method === undefined ? {} : { method }),
    seed,
  })
  await followJob(application, jobId, 'train', context)
  return singerId
}
