import { resolve } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { ProjectId } from '../../shared/base/id.ts'
import type { ImportedFile } from '../../shared/contract/jobs.ts'
import type { Source } from '../../shared/project/model.ts'
import type { Application } from '../application.ts'
import { followJob, type Following } from './follow-job.ts'
import { request } from './request.ts'

/** Imports files into an open project; each says for itself whether it came in. */
export async function importFiles(
  application: Application,
  projectId: ProjectId,
  paths: readonly string[],
  following: Following,
): Promise<readonly ImportedFile[]> {
  const files = paths.map((path) => ({ kind: 'path' as const, path: resolve(path) }))
  const { jobId } = await request(application, 'project:import', { projectId, files, acceptsTruncated: false })
  return (await followJob(application, jobId, 'import', following)).files
}

/** Imports one file that the command can't do without. */
export async function importOne(
  application: Application,
  projectId: ProjectId,
  path: string,
  following: Following,
): Promise<Source> {
  const [file] = await importFiles(application, projectId, [path], following)
  if (!file.isImported) throw new FailureError(file.failure)
  for (const note of file.notes) following.terminal.writeAside(`${file.fileName}: ${note}\n`)
  return file.source
}
