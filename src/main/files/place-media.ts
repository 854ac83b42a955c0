import * as fs from 'node:fs'
import { basename, join } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { Project } from '../../shared/project/model.ts'
import type { Hertz } from '../../shared/units/time.ts'
import { makeFolder, temporaryPathBeside } from './atomic-write.ts'
import { breathe } from './breathe.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure, systemCode } from './file-operations.ts'
import { makePeaks, mediaSubfolders, peaksPath, sourcePath } from './media-folder.ts'
import { mediaFolderOf, writeProjectFile } from './project-file.ts'
import { openWavReader } from './wav-file.ts'
import { giveUpFile } from './give-up-file.ts'

export interface SaveRequest {
  readonly document: Project
  readonly path: string
  /** Where the project's media are now. */
  readonly mediaFolder: string
  /** Whether they lie in a scratch folder that goes away once they are in place. */
  readonly isScratch: boolean
  readonly operations?: FileOperations
}

const mediaName = /^[0-9a-f]{64}\.(wav|peaks)$/

/**
 * Saves a project where it lies, or elsewhere with its media: the media first, then the document, then the scratch
 * folder is cleared, so that a crash at any moment loses nothing. Returns the media folder that counts from now on.
 * Throws FailureError.
 */
export async function saveProject(request: SaveRequest): Promise<string> {
  const operations = request.operations ?? diskOperations
  const mediaFolder = mediaFolderOf(request.path)
  const movesMedia = mediaFolder !== request.mediaFolder
  if (movesMedia) await copyMedia(request.mediaFolder, mediaFolder, operations)
  writeProjectFile(request.path, request.document, operations)
  if (movesMedia && request.isScratch) clearScratch(request.mediaFolder)
  return mediaFolder
}

/** The song is saved already: what can't be cleared now is cleared by the next start. */
function clearScratch(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    if (systemCode(error) === null) throw error
  }
}

/**
 * Brings all media of one folder into another. Media never change under their name, so that a file that is there
 * already is the same, and two names may share one copy on the disk.
 */
export async function copyMedia(from: string, to: string, operations: FileOperations = diskOperations): Promise<void> {
  for (const subfolder of mediaSubfolders) {
    makeFolder(join(to, subfolder), operations)
    for (const name of mediaNames(join(from, subfolder))) {
      copyFile(join(from, subfolder, name), join(to, subfolder, name), operations)
      await breathe()
    }
  }
}

/**
 * Takes a media file of another copy of the project over, with new peaks. False where it is not what the program
 * writes at this rate: then it is to be imported like any other file.
 */
export async function placeSourceMedia(
  from: string,
  mediaFolder: string,
  id: SourceId,
  rateHz: Hertz,
  operations: FileOperations = diskOperations,
): Promise<boolean> {
  if (!isMediaOfRate(from, rateHz)) return false
  for (const subfolder of mediaSubfolders) makeFolder(join(mediaFolder, subfolder), operations)
  await makePeaks(from, peaksPath(mediaFolder, id), operations)
  copyFile(from, sourcePath(mediaFolder, id), operations)
  return true
}

function isMediaOfRate(path: string, rateHz: Hertz): boolean {
  try {
    const reader = openWavReader(path)
    reader.close()
    const { header } = reader
    return (
      reader.rateHz === rateHz && header.encoding === 'float32' && header.promisedSamples === reader.durationSamples
    )
  } catch (error) {
    if (error instanceof FailureError) return false
    throw error
  }
}

function mediaNames(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => mediaName.test(name)) : []
}

function copyFile(from: string, to: string, operations: FileOperations): void {
  if (isThere(from, to)) return
  const temporaryPath = temporaryPathBeside(to)
  try {
    operations.link(from, temporaryPath)
    operations.rename(temporaryPath, to)
  } catch (error) {
    giveUpFile(temporaryPath, operations)
    throw new FailureError(fileFailure(error, basename(to), 'write'))
  }
}

const isThere = (from: string, to: string): boolean =>
  fs.existsSync(to) && fs.statSync(to).size === fs.statSync(from).size
