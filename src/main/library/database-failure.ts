import Database from 'better-sqlite3'
import { failure, type Failure } from '../../shared/base/errors.ts'

/** What a failed call of the database means to the person; null for bugs: anything that neither disk nor file is to blame for. */
export function databaseFailure(error: unknown, path: string): Failure | null {
  if (!(error instanceof Database.SqliteError)) return null
  const details = `${error.code}: ${error.message}`
  const [, kind] = error.code.split('_')
  switch (kind) {
    case 'FULL':
      return failure('disk-full', `The disk is full: the library “${path}” could not be written.`, freeSpace, details)
    case 'READONLY':
    case 'CANTOPEN':
    case 'PERM':
      return failure('folder-read-only', `The library “${path}” may not be written.`, allowWriting, details)
    case 'CORRUPT':
    case 'NOTADB':
      return failure('library-corrupt', `The library “${path}” was damaged while it was in use.`, startAgain, details)
    case 'IOERR':
      return failure('file-unreadable', `The disk failed while the library “${path}” was used.`, startAgain, details)
    default:
      return null
  }
}

const freeSpace = 'Free some space and try again.'
const allowWriting = 'Allow writing there, or name another folder in UNDERSTUDY_HOME.'
const startAgain =
  'Start the program again: what is damaged is set aside, and the library is built anew from its files.'
