import { resolve } from 'node:path'
import type { ProjectId } from '../../shared/base/id.ts'
import type { Project } from '../../shared/project/model.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

/** Opens a project file, lets the action answer the changed document, saves it, closes it. A failure saves nothing. */
export async function editProject(
  application: Application,
  path: string,
  action: (document: Project, projectId: ProjectId) => Promise<Project>,
): Promise<Project> {
  const { projectId, document } = await request(application, 'project:open', { path: resolve(path) })
  try {
    const changed = await action(document, projectId)
    if (changed !== document) await request(application, 'project:save', { projectId, document: changed, path: null })
    return changed
  } finally {
    await application.call('project:close', { projectId })
  }
}
