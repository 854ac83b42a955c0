import * as fs from 'node:fs'
import { join } from 'node:path'
import { assert } from '../../shared/base/assert.ts'
import { FailureError } from '../../shared/base/errors.ts'
import type { RenderKey, SourceId } from '../../shared/base/id.ts'
import { createPeaksBuilder, encodePeaks } from '../../shared/dsp/peaks.ts'
import { isTruncated } from '../../shared/formats/wav/parse-header.ts'
import type { Project } from '../../shared/project/model.ts'
import { removeTemporaries, writeAtomically } from './atomic-write.ts'
import { breathe } from './breathe.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations } from './file-operations.ts'
import { openWavReader } from './wav-file.ts'

/** Everything in a media folder is named by a hash, so that no name from outside ever becomes a path. */
const hashPattern = /^[0-9a-f]{64}$/

export const sourcePath = (mediaFolder: string, id: SourceId): string =>
  join(mediaFolder, 'sources', hashName(id, 'wav'))
export const renderPath = (mediaFolder: string, key: RenderKey): string =>
  join(mediaFolder, 'renders', hashName(key, 'wav'))
/** Peaks of a source or of a render. */
export const peaksPath = (mediaFolder: string, id: SourceId | RenderKey): string =>
  join(mediaFolder, 'peaks', hashName(id, 'peaks'))

export const mediaSubfolders = ['sources', 'renders', 'peaks'] as const

/** Ids of the document's sources whose audio is gone. */
export function missingSourceIds(mediaFolder: string, project: Project): SourceId[] {
  return Object.values(project.sources)
    .map((source) => source.id)
    .filter((id) => !fs.existsSync(sourcePath(mediaFolder, id)))
}

/** Whether a sound of the program's own holds less than it promises. Throws FailureError: file-missing, file-unreadable. */
export function isCutOff(wavPath: string): boolean {
  try {
    const reader = openWavReader(wavPath)
    reader.close()
    return isTruncated(reader.header)
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'audio-unreadable') return true
    throw error
  }
}

/** Clears what a killed process had begun to write. Only while nobody writes there: when a project is opened. */
export function removeLeftovers(mediaFolder: string): void {
  for (const subfolder of mediaSubfolders) removeTemporaries(join(mediaFolder, subfolder))
}

/** Peaks of a WAV made again: for a render, or where they were lost. Throws FailureError. */
export async function makePeaks(
  wavPath: string,
  path: string,
  operations: FileOperations = diskOperations,
): Promise<void> {
  const reader = openWavReader(wavPath)
  try {
    const builder = createPeaksBuilder()
    for (let start = 0; start < reader.durationSamples; start += blockSamples) {
      builder.push(reader.read(start, blockSamples))
      await breathe()
    }
    writeAtomically(path, encodePeaks(builder.finish()), operations)
  } finally {
    reader.close()
  }
}

const blockSamples = 65_536

function hashName(hash: string, ending: string): string {
  assert(hashPattern.test(hash), `media are named by 64 hexadecimal digits, not “${hash}”`)
  return `${hash}.${ending}`
}
