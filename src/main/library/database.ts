import * as fs from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { areRowsWhole } from './written-rows.ts'

export interface OpenedDatabase {
  readonly database: Database.Database
  /** Where a database that could not be read was put aside; null when it was whole. */
  readonly corruptPath: string | null
}

/** A holder keeps the file for good; waiting longer than another opener's glance helps nobody. */
const busyTimeoutMs = 500

export const databasePath = (folder: string): string => join(folder, 'library.sqlite')

/**
 * Opens the library's file: checked, brought to the newest version, owned by this connection alone.
 * Throws FailureError (library-newer, library-in-use); a file that is no database is put aside and a new one begun.
 */
export function openDatabase(folder: string, nowMs: number, migrations = allMigrations): OpenedDatabase {
  fs.mkdirSync(folder, { recursive: true })
  const path = databasePath(folder)
  const existing = openWhole(path)
  const corruptPath = existing === null ? putAside(folder, nowMs) : null
  const database = existing ?? openWhole(path)
  if (database === null) throw new Error(`a new database at ${path} cannot be opened`)
  try {
    migrate(database, folder, migrations)
  } catch (error) {
    database.close()
    throw error
  }
  return { database, corruptPath }
}

/** Null when the file is no database or a damaged one. */
function openWhole(path: string): Database.Database | null {
  const database = new Database(path, { timeout: busyTimeoutMs })
  try {
    // One connection, for good: the operating system refuses a second process whatever the lock file says.
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma('foreign_keys = ON')
    if (database.pragma('integrity_check', { simple: true }) === 'ok' && areRowsWhole(database)) return database
    database.close()
    return null
  } catch (error) {
    database.close()
    if (isCode(error, 'SQLITE_BUSY')) throw new FailureError(inUse)
    if (isCode(error, 'SQLITE_CORRUPT') || isCode(error, 'SQLITE_NOTADB')) return null
    throw error
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith(code)

const inUse = failure(
  'library-in-use',
  'The library is open in another process.',
  'Close the other Understudy, or use it.',
)

function putAside(folder: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')
  const corruptPath = join(folder, `library.corrupt-${time}.sqlite`)
  for (const ending of ['', '-wal', '-shm']) {
    const from = databasePath(folder) + ending
    if (fs.existsSync(from)) fs.renameSync(from, corruptPath + ending)
  }
  return corruptPath
}

/** Each step in a transaction of its own: a step that was cut short never was. */
function migrate(database: Database.Database, folder: string, migrations: readonly Migration[]): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > migrations.length) {
    throw new FailureError(
      failure(
        'library-newer',
        `The library was written by a newer version (its version is ${version}, this program knows ${migrations.length}).`,
        'Use the newer program; nothing was changed.',
      ),
    )
  }
  if (version > 0 && version < migrations.length) backUp(database, folder, version)
  for (let index = version; index < migrations.length; index++) {
    database.transaction(() => {
      database.exec(migrations[index].sql)
      database.pragma(`user_version = ${index + 1}`)
    })()
  }
}

function backUp(database: Database.Database, folder: string, version: number): void {
  const path = join(folder, `library.before-${version + 1}.sqlite`)
  fs.rmSync(path, { force: true })
  database.prepare('VACUUM INTO ?').run(path)
}
