import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { JobOutcome } from '../../shared/contract/jobs.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { openWavReader } from '../files/wav-file.ts'
import { copyPart } from './audition-job.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A sentence; there before one has forgotten the last. */
const LONGEST_SEC = 8

/** Where the sounds of a model's checkpoints lie. */
export const modelAuditionPath = (workFolder: string, auditionId: string): string =>
  join(workFolder, 'auditions', `${auditionId}.wav`)

/** What of a clip of the library is heard through a model's checkpoints. */
export interface HeardClip {
  readonly path: string
  readonly durationSamples: number
  /** The part alone, beside the model's auditions. */
  readonly originalPath: string
}

/** A clip of the library as a checkpoint of a model makes it sound. */
export interface ModelAudition {
  readonly kind: 'emotion' | 'vocoder'
  readonly modelId: string
  readonly workFolder: string
  readonly step: number
  readonly clipId: SourceId
  /** Of the clip and what is made of it: of these letters is its name. */
  readonly digest: string
  /** Which checkpoints are kept, in words. */
  readonly kept: string
  readonly title: string
  readonly subject: Work['subject']
  outcome(auditionId: string, originalId: string): JobOutcome
  /** Makes the file at `path` of the clip. */
  make(clip: HeardClip, made: MadeAudition, control: RunControl): Promise<{ readonly kind: 'done' | 'paused' }>
}

export interface MadeAudition {
  readonly auditionId: string
  readonly path: string
  /** The model's file. */
  readonly checkpointPath: string
}

/** The work of making it, once for each; done where it lies there from before. Throws FailureError `not-found`. */
export function modelAuditionWork(
  audition: ModelAudition,
  context: JobContext,
): { readonly work: Work; readonly done: RunEnd | null } {
  const { kind, modelId, workFolder, step, clipId, digest, kept, title, subject, outcome, make } = audition
  const auditionId = `clip-${digest.slice(0, 16)}-step-${step}`
  const originalId = `clip-${clipId.slice(0, 16)}-original`
  const [path, originalPath] = [auditionId, originalId].map((id) => modelAuditionPath(workFolder, id))
  const checkpointPath = checkpointShelf(workFolder, kind).pathOf(step)
  const isThere = existsSync(path) && existsSync(originalPath)
  if (!isThere && !existsSync(checkpointPath)) {
    const message = `The model of step ${step} is no longer kept: ${kept} are.`
    throw new FailureError(failure('not-found', message, 'Listen to one of these.'))
  }
  const done: RunEnd = { kind: 'done', outcome: outcome(auditionId, originalId) }
  return {
    done: isThere ? done : null,
    work: {
      kind: 'audition',
      title,
      subject,
      lane: 'interactive',
      priority: 'selected',
      shareKey: `${kind}-audition/${modelId}/${auditionId}`,
      replaceKey: null,
      run: async (control) => {
        const clip = await cutOut(clipId, originalPath, context)
        const end = await make(clip, { auditionId, path, checkpointPath }, control)
        return end.kind === 'paused' ? { kind: 'paused' } : done
      },
    },
  }
}

/** Throws FailureError `file-missing`, `disk-full`. */
async function cutOut(clipId: SourceId, originalPath: string, { paths }: JobContext): Promise<HeardClip> {
  const path = sourcePath(clipsFolder(paths), clipId)
  const { rateHz, durationSamples: wholeSamples } = measured(path)
  const durationSamples = Math.min(wholeSamples, LONGEST_SEC * rateHz)
  await requireDisk(paths.homeFolder, bytesToConvert(durationSamples, rateHz))
  makeFolder(dirname(originalPath))
  if (!existsSync(originalPath)) copyPart(path, originalPath, 0, durationSamples)
  return { path, durationSamples, originalPath }
}

function measured(path: string): { readonly rateHz: number; readonly durationSamples: number } {
  if (!existsSync(path))
    throw new FailureError(failure('file-missing', 'The clip is no longer there.', 'Add it again.'))
  const reader = openWavReader(path)
  reader.close()
  return reader
}
