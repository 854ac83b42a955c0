import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { audioExtensions, isAudioName } from '../files/audio-names.ts'

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
