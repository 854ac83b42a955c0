import type { OpenProject } from '../../shared/contract/verbs.ts'
import type { Project } from '../../shared/project/model.ts'
import { missingSourceIds } from '../files/media-folder.ts'
import type { VerbContext } from './context.ts'

interface Opening {
  readonly document: Project
  readonly path: string | null
  readonly mediaFolder: string
  readonly wasRecovered: boolean
  readonly copyOf?: string | null
}

/** From now on the project's media can be asked for, and work can be done for it. */
export function openedProject(opening: Opening, { projects }: Pick<VerbContext, 'projects'>): OpenProject {
  const { document, path, mediaFolder, wasRecovered, copyOf = null } = opening
  const { id: projectId, name, rateHz } = document
  projects.put({ projectId, name, rateHz, path, mediaFolder })
  const missing = missingSourceIds(mediaFolder, document)
  return { projectId, document, path, wasRecovered, copyOf, missingSourceIds: missing }
}
