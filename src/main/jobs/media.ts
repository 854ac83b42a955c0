import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { ProjectId, RenderKey, SingerId, SourceId } from '../../shared/base/id.ts'
import { isCutOff, makePeaks, peaksPath, renderPath, sourcePath } from '../files/media-folder.ts'
import { modelAuditionPath } from './model-audition.ts'
import type { JobContext } from './job-context.ts'
import { modelWorkFolder } from './model-library.ts'
import { clipsFolder, trainingFolder } from './singer-files.ts'

/** Ids are hashes and minted letters: nothing that a page says becomes a path by itself. */
const projectMedia = /^project\/([0-9a-z]{1,80})\/(source|render)\/([0-9a-f]{64})$/
const clipMedia = /^clip\/([0-9a-f]{64})$/
const modelMedia = /^(emotion|vocoder)-audition\/([0-9a-z]{1,80})\/([0-9a-z-]{1,80})$/
const auditionMedia = /^audition\/([0-9a-z]{1,80})\/([0-9A-Za-z-]{1,80})$/

interface Media {
  readonly path: string
  readonly peaksPath: string
}

/** Where a sound lies. Throws FailureError: not-found, file-missing, audio-truncated. */
export async function findMedia(mediaId: string, context: JobContext): Promise<string> {
  return locate(mediaId, context).path
}

/** Where its waveform lies; one that was lost is made again. */
export async function findPeaks(mediaId: string, context: JobContext): Promise<string> {
  const media = locate(mediaId, context)
  if (!existsSync(media.peaksPath)) await makePeaks(media.path, media.peaksPath)
  return media.peaksPath
}

function locate(mediaId: string, context: JobContext): Media {
  const media =
    inProject(mediaId, context) ??
    inClips(mediaId, context) ??
    inAuditions(mediaId, context) ??
    inModels(mediaId, context)
  if (media === null) throw new FailureError(failure('not-found', `There is no sound ${mediaId.slice(0, 200)}.`))
  if (!existsSync(media.path)) {
    throw new FailureError(
      failure('file-missing', `The sound ${mediaId} is no longer on the disk.`, 'Import or convert it again.'),
    )
  }
  if (!isCutOff(media.path)) return media
  throw new FailureError(
    failure('audio-truncated', `The file of the sound ${mediaId} was cut off.`, 'Import or convert it again.'),
  )
}

function inProject(mediaId: string, { projects }: JobContext): Media | null {
  const match = projectMedia.exec(mediaId)
  if (!match) return null
  const { mediaFolder } = projects.get(match[1] as ProjectId) // unknown ids are refused there
  const id = match[3] as SourceId & RenderKey // a hash, as both brands say
  const path = match[2] === 'source' ? sourcePath(mediaFolder, id) : renderPath(mediaFolder, id)
  return { path, peaksPath: peaksPath(mediaFolder, id) }
}

function inClips(mediaId: string, { paths }: JobContext): Media | null {
  const match = clipMedia.exec(mediaId)
  if (!match) return null
  const id = match[1] as SourceId // a hash, as the brand says
  return { path: sourcePath(clipsFolder(paths), id), peaksPath: peaksPath(clipsFolder(paths), id) }
}

/** A phrase at some checkpoint of a singer's training, or as it was. */
function inAuditions(mediaId: string, { paths }: JobContext): Media | null {
  const match = auditionMedia.exec(mediaId)
  if (!match) return null
  const singerId = match[1] as SingerId // letters and digits, as ids are
  const path = join(trainingFolder(singerId, paths), 'auditions', `${match[2]}.wav`)
  return { path, peaksPath: path.replace(/\.wav$/, '.peaks') }
}

/** A clip as a checkpoint of an emotion model or a vocoder made it sound, or as it was. */
function inModels(mediaId: string, { paths }: JobContext): Media | null {
  const match = modelMedia.exec(mediaId)
  if (!match) return null
  const [, what, modelId, auditionId] = match
  const path = modelAuditionPath(modelWorkFolder(what, modelId, paths), auditionId)
  return { path, peaksPath: path.replace(/\.wav$/, '.peaks') }
}
