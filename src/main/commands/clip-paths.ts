import { readdir } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'

const audioExtensions = new Set([
  '.wav',
  '.wave',
  '.aif',
  '.aiff',
  '.flac',
  '.mp3',
  '.ogg',
  '.oga',
  '.opus',
  '.m4a',
  '.aac',
])

export const isAudioName = (name: string): boolean => audioExtensions.has(extname(name).toLowerCase())

/** The audio files of a folder, in the order of their names. Throws FailureError where it holds none. */
export async function clipPaths(folder: string): Promise<string[]> {
  const found = await readdir(resolve(folder), { withFileTypes: true }).catch(() => {
    throw new FailureError(failure('file-missing', `The folder ${folder} can't be read.`, 'Check its path.'))
  })
  const paths = found
    .filter((entry) => entry.isFile() && isAudioName(entry.name))
    .map((entry) => join(resolve(folder), entry.name))
    .sort()
  if (paths.length > 0) return paths
  throw new FailureError(
    failure('clips-too-few', `There are no audio files in ${folder}.`, `Expected ${[...audioExtensions].join(', ')}.`),
  )
}
