import { resolve } from 'node:path'
import { mintId, type ProjectId, type SourceId } from '../../shared/base/id.ts'
import { createProject } from '../../shared/project/edits/document.ts'
import type { Project } from '../../shared/project/model.ts'
import { parseProject } from '../../shared/project/parse.ts'
import { mediaFolderOf, readProject, writeProject } from '../projects/interim.ts'
import type { OpenProject } from '../../shared/contract/verbs.ts'
import type { VerbContext } from './context.ts'
import type { Handlers } from './handlers.ts'
import { valueOf } from './outcome.ts'

export const projectVerbs: Partial<Handlers> = {
  'project:create': async ({ name, rateHz }, context) => {
    const document = createProject(mintId<ProjectId>(context.random), name, rateHz)
    return open(document, null, context)
  },
  'project:open': async ({ path }, context) => open(valueOf(await readProject(resolve(path))), resolve(path), context),
  'project:save': async ({ projectId, document, path }, { projects }) => {
    const opened = projects.get(projectId)
    const target = path ?? opened.path ?? ''
    await writeProject(target, valueOf(parseProject(document)))
    projects.put({ ...opened, path: target })
    return { path: target, savedAtMs: Date.now() }
  },
  'project:autosave': async () => ({ savedAtMs: Date.now() }),
  'project:close': async ({ projectId }, { projects }) => {
    projects.remove(projectId)
    return {}
  },
  'project:listRecent': async () => [],
  'project:listRecoveries': async () => [],
}

function open(document: Project, path: string | null, { projects }: VerbContext): OpenProject {
  projects.put({
    projectId: document.id,
    name: document.name,
    rateHz: document.rateHz,
    path,
    mediaFolder: path === null ? projects.unsavedMediaFolder(document.id) : mediaFolderOf(path),
  })
  const missingSourceIds: SourceId[] = []
  return { projectId: document.id, document, path, wasRecovered: false, missingSourceIds }
}
