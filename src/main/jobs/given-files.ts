import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { FileReference } from '../../shared/contract/verbs.ts'
import type { ApplicationPaths } from '../paths.ts'

/** A file that the person gave, wherever it came from. */
export interface GivenFile {
  readonly path: string
  /** As the person knows it. */
  readonly fileName: string
  /** Forgets an upload that was taken in; a file of the person's own is left alone. */
  release(): Promise<void>
}

/** Finds a given file. An upload's id is 32 hexadecimal digits, so that it can't lead out of its folder. Throws FailureError: file-missing. */
export function givenFile(
  reference: FileReference,
  { uploadsFolder }: Pick<ApplicationPaths, 'uploadsFolder'>,
): GivenFile {
  if (reference.kind === 'path') {
    const path = resolve(reference.path)
    return { path, fileName: basename(path), release: () => Promise.resolve() }
  }
  const path = join(uploadsFolder, reference.uploadId)
  if (!existsSync(path)) {
    throw new FailureError(
      failure('file-missing', `“${reference.fileName}” did not arrive, or was taken in already.`, 'Drop it again.'),
    )
  }
  return { path, fileName: basename(reference.fileName), release: () => rm(path, { force: true }) }
}
