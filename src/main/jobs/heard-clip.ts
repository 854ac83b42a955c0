import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { openWavReader } from '../files/wav-file.ts'
import { copyPart } from './audition-job.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'

/** A sentence; there before one has forgotten the last. */
const LONGEST_SEC = 8

/** Where the sounds of a model's checkpoints lie. */
export const modelAuditionPath = (workFolder: string, auditionId: string): string =>
  join(workFolder, 'auditions', `${auditionId}.wav`)

export const originalAuditionId = (clipId: SourceId): string => `clip-${clipId.slice(0, 16)}-original`

/** What of a clip of the library is heard through a model's checkpoints. */
export interface HeardClip {
  readonly path: string
  readonly durationSamples: number
}

/**
 * Cuts it out beside the model's auditions, unless it is there. Throws FailureError `file-missing`, `disk-full`.
 */
export async function cutHeardClip(
  clipId: SourceId,
  workFolder: string,
  { paths }: Pick<JobContext, 'paths'>,
): Promise<HeardClip> {
  const path = sourcePath(clipsFolder(paths), clipId)
  const { rateHz, durationSamples: wholeSamples } = measured(path)
  const durationSamples = Math.min(wholeSamples, LONGEST_SEC * rateHz)
  await requireDisk(workFolder, bytesToConvert(durationSamples, rateHz))
  makeFolder(join(workFolder, 'auditions'))
  const originalPath = modelAuditionPath(workFolder, originalAuditionId(clipId))
  if (!existsSync(originalPath)) copyPart(path, originalPath, 0, durationSamples)
  return { path, durationSamples }
}

function measured(path: string): { readonly rateHz: number; readonly durationSamples: number } {
  if (!existsSync(path))
    throw new FailureError(failure('file-missing', 'The clip is no longer there.', 'Add it again.'))
  const reader = openWavReader(path)
  reader.close()
  return reader
}

/**
 * Where a checkpoint was asked for that others took the place of.
 * @param kept which ones are, in words
 */
export const modelCheckpointGone = (step: number, kept: string): FailureError =>
  new FailureError(
    failure('not-found', `The model of step ${step} is no longer kept: ${kept} are.`, 'Listen to one of these.'),
  )
