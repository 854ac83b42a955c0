import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import { temporaryPathBeside } from './atomic-write.ts'
import { fileFailure } from './file-operations.ts'
import { giveUpFile } from './give-up-file.ts'

/** Writes under a passing name, so that a file that was cut off never bears the right one. Throws FailureError. */
export async function writeWhole(to: string, write: (path: string) => Promise<void>): Promise<void> {
  const passing = temporaryPathBeside(to)
  try {
    await mkdir(dirname(to), { recursive: true })
    await write(passing)
    await rename(passing, to)
  } catch (cause) {
    giveUpFile(passing)
    throw new FailureError(fileFailure(cause, to, 'write'))
  }
}
