import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { ProjectId } from '../../shared/base/id.ts'
import type { Hertz } from '../../shared/units/time.ts'
import { copyMedia } from '../files/place-media.ts'
import type { ApplicationPaths } from '../paths.ts'

/** A project that some window has open: where it lies and where its media are. */
export interface OpenedProject {
  readonly projectId: ProjectId
  readonly name: string
  readonly rateHz: Hertz
  /** Null until the person saved it. */
  readonly path: string | null
  readonly mediaFolder: string
}

export interface OpenProjects {
  /** Throws FailureError: not-found. */
  get(projectId: ProjectId): OpenedProject
  find(projectId: ProjectId): OpenedProject | undefined
  put(project: OpenedProject): void
  /** After work that wrote into `mediaFolder`: its media follow a project that was saved elsewhere meanwhile. */
  follow(projectId: ProjectId, mediaFolder: string): Promise<OpenedProject>
  /** Forgets the project; the media of one that was never saved go with it. */
  close(projectId: ProjectId): Promise<void>
  /** Where the media of a project lie that was never saved. */
  unsavedMediaFolder(projectId: ProjectId): string
  removeUnsavedMedia(projectId: ProjectId): Promise<void>
}

export function createOpenProjects({ unsavedFolder }: Pick<ApplicationPaths, 'unsavedFolder'>): OpenProjects {
  const opened = new Map<ProjectId, OpenedProject>()
  const unsavedMediaFolder = (projectId: ProjectId) => join(unsavedFolder, projectId)
  const removeUnsavedMedia = (projectId: ProjectId) =>
    rm(unsavedMediaFolder(projectId), { recursive: true, force: true })
  const get = (projectId: ProjectId): OpenedProject => {
    const project = opened.get(projectId)
    if (project) return project
    throw new FailureError(failure('not-found', `The project ${projectId} is not open.`, 'Open it first.'))
  }
  return {
    get,
    async follow(projectId, mediaFolder) {
      const project = get(projectId)
      if (project.mediaFolder !== mediaFolder) await copyMedia(mediaFolder, project.mediaFolder)
      return project
    },
    find: (projectId) => opened.get(projectId),
    put: (project) => void opened.set(project.projectId, project),
    async close(projectId) {
      const isUnsaved = opened.get(projectId)?.path === null
      opened.delete(projectId)
      if (isUnsaved) await removeUnsavedMedia(projectId)
    },
    unsavedMediaFolder,
    removeUnsavedMedia,
  }
}
