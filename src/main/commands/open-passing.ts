import { basename, extname } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { ProjectId } from '../../shared/base/id.ts'
import type { Source } from '../../shared/project/model.ts'
import type { Application } from '../application.ts'
import { openAudioStream } from '../files/audio-stream/open-audio-stream.ts'
import type { Following } from './follow-job.ts'
import { importOne } from './import-files.ts'
import { request } from './request.ts'

export interface PassingProject {
  readonly projectId: ProjectId
  readonly source: Source
  readonly rateHz: number
}

/**
 * Lets an action work on one file in a project that passes: at the file's own rate, so that nothing is resampled and
 * every sample keeps its place. The project and its media are gone afterward.
 */
export async function withPassingProject<T>(
  application: Application,
  file: string,
  following: Following,
  action: (project: PassingProject) => Promise<T>,
): Promise<T> {
  const rateHz = await rateOf(file)
  const name = basename(file, extname(file)).slice(0, 120).trim() || 'Untitled'
  const { projectId } = await request(application, 'project:create', { name, rateHz })
  try {
    return await action({ projectId, rateHz, source: await importOne(application, projectId, file, following) })
  } finally {
    await application.call('project:close', { projectId })
  }
}

async function rateOf(file: string): Promise<number> {
  const stream = await openAudioStream(file).catch((cause: unknown) => {
    if (!(cause instanceof FailureError)) throw cause
    throw new FailureError({ ...cause.failure, message: `“${basename(file)}”: ${cause.failure.message}` })
  })
  stream.close()
  if (stream.rateHz >= 8000 && stream.rateHz <= 192_000) return stream.rateHz
  throw new FailureError(
    failure(
      'audio-unreadable',
      `“${basename(file)}” has ${stream.rateHz} samples per second; 8000 to 192 000 can be brought in.`,
      'Convert it in another program.',
    ),
  )
}
