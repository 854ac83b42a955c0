import * as fs from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { assert } from '../../shared/base/assert.ts'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { ProjectId } from '../../shared/base/id.ts'
import type { Result } from '../../shared/base/result.ts'
import { failed, ok } from '../../shared/base/result.ts'
import type { Recovery } from '../../shared/contract/library.ts'
import type { Project } from '../../shared/project/model.ts'
import { parseProject } from '../../shared/project/parse.ts'
import { makeFolder, readWhole, writeAtomically } from './atomic-write.ts'
import { readProjectFile } from './project-file.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure } from './file-operations.ts'

/** What an autosave keeps: never in the person's own file. */
export interface AutosavedProject {
  readonly document: Project
  /** Where the person saved it last; null if never. */
  readonly savedPath: string | null
  readonly mediaFolder: string
  readonly autosavedAtMs: number
  /** Edits since that save. */
  readonly editCount: number
}

export interface RecoveryStore {
  /** Replaces what was kept of this project. Throws FailureError. */
  keep(project: AutosavedProject): void
  /** What is newer than its saved file, newest first. A damaged entry is left out, and stays on the disk. */
  list(): Recovery[]
  /** Fails with not-found, project-invalid, project-newer. */
  read(projectId: ProjectId): Result<AutosavedProject>
  /** After a save, or when the person does not want it. Throws FailureError: folder-read-only. */
  discard(projectId: ProjectId): void
}

const entrySchema = z.object({
  format: z.literal('understudy-recovery'),
  version: z.literal(1),
  savedPath: z.string().nullable(),
  mediaFolder: z.string(),
  autosavedAtMs: z.number(),
  editCount: z.number(),
  document: z.unknown(),
})

/** One file per project in `folder`, each replaced as a whole. */
export function createRecoveryStore(folder: string, operations: FileOperations = diskOperations): RecoveryStore {
  function pathOf(projectId: ProjectId): string {
    assert(/^[0-9a-z]{1,80}$/.test(projectId), `“${projectId}” is no project's id`)
    return join(folder, `${projectId}.json`)
  }
  function readPath(path: string): Result<AutosavedProject> {
    try {
      return parseEntry(new TextDecoder().decode(readWhole(path)))
    } catch (error) {
      if (error instanceof FailureError) return failed(error.failure)
      throw error
    }
  }
  return {
    keep(project) {
      makeFolder(folder, operations)
      const entry = { format: 'understudy-recovery', version: 1, ...project }
      writeAtomically(pathOf(project.document.id), new TextEncoder().encode(JSON.stringify(entry)), operations)
    },
    list() {
      const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /^[0-9a-z]+\.json$/.test(name)) : []
      return names
        .map((name) => readPath(join(folder, name)))
        .filter((read) => read.ok)
        .map((read) => read.value)
        .filter(isNewerThanItsFile)
        .map(describe)
        .toSorted((a, b) => b.autosavedAtMs - a.autosavedAtMs)
    },
    read(projectId) {
      const path = pathOf(projectId)
      if (fs.existsSync(path)) return readPath(path)
      return failed(failure('not-found', `There is no unsaved work of the project ${projectId}.`))
    },
    discard(projectId) {
      const path = pathOf(projectId)
      try {
        operations.remove(path)
      } catch (error) {
        throw new FailureError(fileFailure(error, path, 'write'))
      }
    },
  }
}

function parseEntry(text: string): Result<AutosavedProject> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failed(damaged)
  }
  const entry = entrySchema.safeParse(value)
  if (!entry.success) return failed(damaged)
  const document = parseProject(entry.data.document)
  if (!document.ok) return document
  const { savedPath, mediaFolder, autosavedAtMs, editCount } = entry.data
  return ok({ document: document.value, savedPath, mediaFolder, autosavedAtMs, editCount })
}

const damaged = failure('project-invalid', 'The autosaved copy is damaged.', 'Open the project as it was last saved.')

/** A project saved after its autosave, by this program or another, needs no recovery, unless its file was damaged since. */
function isNewerThanItsFile({ savedPath, autosavedAtMs }: AutosavedProject): boolean {
  if (savedPath === null || !fs.existsSync(savedPath)) return true
  if (Math.floor(fs.statSync(savedPath).mtimeMs) <= autosavedAtMs) return true
  const read = readProjectFile(savedPath)
  return !read.ok && read.failure.code === 'project-invalid'
}

const describe = (project: AutosavedProject): Recovery => ({
  projectId: project.document.id,
  name: project.document.name,
  savedPath: project.savedPath,
  autosavedAtMs: project.autosavedAtMs,
  editCount: project.editCount,
})
