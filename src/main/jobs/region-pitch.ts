import { existsSync } from 'node:fs'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Request, Response } from '../../shared/contract/verbs.ts'
import { sourcePath } from '../files/media-folder.ts'
import { askWorker } from './ask-worker.ts'
import type { JobContext } from './job-context.ts'
import { knownPlace } from './known-place.ts'

/** The melody of a region, found by the interactive worker. Throws FailureError. */
export async function findRegionPitch(
  { projectId, sourceId, sourceStartSamples, durationSamples }: Request<'project:pitch'>,
  { projects, pool, paths }: JobContext,
): Promise<Response<'project:pitch'>> {
  const path = sourcePath(projects.get(projectId).mediaFolder, sourceId)
  if (!existsSync(path))
    throw new FailureError(
      failure('file-missing', 'The audio of the region is no longer in the project’s media.', 'Import it again.'),
    )
  const known = knownPlace(sourceId, paths)
  const request = { sourcePath: path, known, sourceStartSamples, durationSamples }
  const { startSamples, pitch } = await askWorker(pool, { kind: 'pitch', request })
  return { startSamples, pitch }
}
