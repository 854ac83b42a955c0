import * as fs from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import { failed } from '../../shared/base/result.ts'
import type { Project } from '../../shared/project/model.ts'
import { parseNewerProject, parseProject } from '../../shared/project/parse.ts'
import { readWhole, removeTemporaries, temporaryPathBeside, writeAtomically } from './atomic-write.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure } from './file-operations.ts'
import { giveUpFile } from './give-up-file.ts'

export const projectEnding = '.understudy'
/** A document of a song of thousands of regions is a megabyte; far beyond that it is none. */
const sizeLimitBytes = 64 * 2 ** 20

const backupEnding = '.bak'

/** "Song media" beside "Song.understudy". */
export const mediaFolderOf = (projectPath: string): string =>
  join(dirname(projectPath), `${basename(projectPath, extname(projectPath))} media`)

/** The save before the last one. */
export const backupPathOf = (projectPath: string): string => `${projectPath}${backupEnding}`

/** Where the project lies that a file is of: a backup stands for the project beside it. */
export const projectPathOf = (path: string): string =>
  path.endsWith(projectEnding + backupEnding) ? path.slice(0, -backupEnding.length) : path

/** Reads and checks a project. Fails with file-missing, file-unreadable, project-invalid, project-newer. */
export const readProjectFile = (path: string): Result<Project> => readParsed(path, parseProject)

/** What this program knows of a project of a newer version; the same failures. */
export const readNewerProjectFile = (path: string): Result<Project> => readParsed(path, parseNewerProject)

function readParsed(path: string, parse: (value: unknown) => Result<Project>): Result<Project> {
  try {
    const bytes = readWhole(path)
    if (bytes.length > sizeLimitBytes) return failed(notAProject(path, `it has ${bytes.length} bytes`))
    return parseText(path, new TextDecoder().decode(bytes), parse)
  } catch (error) {
    if (error instanceof FailureError) return failed(error.failure)
    throw error
  }
}

/**
 * Saves a project: at any moment the file is the last save or this one, whole; the last one is kept as `.bak`, if it is whole.
 * Throws FailureError (disk-full, folder-read-only, file-missing) with the file as it was.
 */
export function writeProjectFile(path: string, document: Project, operations: FileOperations = diskOperations): void {
  if (fs.existsSync(path) && isWholeText(path)) keepBackup(path, operations)
  writeAtomically(path, new TextEncoder().encode(`${JSON.stringify(document, null, 1)}\n`), operations)
}

/** What was damaged since it was saved must not take the place of the save before. */
function isWholeText(path: string): boolean {
  try {
    JSON.parse(fs.readFileSync(path, 'utf8'))
    return true
  } catch {
    return false
  }
}

/** Clears what a killed save of this project had begun. Only while nobody saves it. */
export const removeSaveLeftovers = (path: string): void => removeTemporaries(dirname(path), [basename(path)])

/** A second name for the bytes of the last save: the project's own name is there all the while. */
function keepBackup(path: string, operations: FileOperations): void {
  const temporaryPath = temporaryPathBeside(backupPathOf(path))
  try {
    operations.link(path, temporaryPath)
    operations.rename(temporaryPath, backupPathOf(path))
  } catch (error) {
    throw new FailureError(fileFailure(error, backupPathOf(path), 'write'))
  } finally {
    // Where a save was cut short after its backup, the backup is this very file already, and POSIX renames nothing.
    giveUpFile(temporaryPath, operations)
  }
}

function parseText(path: string, text: string, parse: (value: unknown) => Result<Project>): Result<Project> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return failed(
      notAProject(path, 'its text ends early or is damaged', error instanceof Error ? error.message : undefined),
    )
  }
  return parse(value)
}

const notAProject = (path: string, reason: string, details?: string) =>
  failure(
    'project-invalid',
    `“${basename(path)}” is not a project: ${reason}.`,
    fs.existsSync(backupPathOf(path))
      ? `Open “${basename(backupPathOf(path))}” beside it: the save before.`
      : 'Choose another file.',
    details,
  )
