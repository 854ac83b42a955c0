import { existsSync, realpathSync } from 'node:fs'
import { mintId, type ProjectId } from '../../shared/base/id.ts'
import type { RecentProject } from '../../shared/contract/library.ts'
import type { Random } from '../../shared/base/random.ts'
import type { RecoveryStore } from '../files/recovery.ts'
import type { OpenProjects } from './open-projects.ts'

export interface Identity {
  readonly projectId: ProjectId
  /** Where the project lies that the id belonged to; null unless this one was just given an id of its own. */
  readonly copyOf: string | null
}

export interface KnownProjects {
  readonly projects: Pick<OpenProjects, 'find'>
  readonly recovery: Pick<RecoveryStore, 'read'>
  readonly recents: readonly RecentProject[]
  readonly random: Random
}

/**
 * The id that a project file is opened under. Media, autosaves and jobs go by it, so that a file that was copied beside
 * its original gets another one: the one that it was last opened under, or a new one.
 */
export function identify(documentId: ProjectId, path: string, known: KnownProjects): Identity {
  const owner = ownerElsewhere(documentId, path, known)
  if (owner === null) return { projectId: documentId, copyOf: null }
  const before = known.recents.find((recent) => isSameFile(recent.path, path))
  if (before !== undefined && ownerElsewhere(before.projectId, path, known) === null)
    return { projectId: before.projectId, copyOf: null }
  return { projectId: mintId<ProjectId>(known.random), copyOf: owner }
}

/** Another file that goes by this id: an open one, one with work that was not saved, or one that was opened before. */
function ownerElsewhere(projectId: ProjectId, path: string, known: KnownProjects): string | null {
  const autosaved = known.recovery.read(projectId)
  const claims = [
    known.projects.find(projectId)?.path ?? null,
    autosaved.ok ? autosaved.value.savedPath : null,
    ...known.recents.filter((recent) => recent.projectId === projectId).map((recent) => recent.path),
  ]
  // A file that is no longer there was moved here.
  return claims.find((claim) => claim !== null && existsSync(claim) && !isSameFile(claim, path)) ?? null
}

function isSameFile(a: string, b: string): boolean {
  if (a === b) return true
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b)
}
