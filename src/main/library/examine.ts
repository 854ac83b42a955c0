import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { databasePath } from './database.ts'
import { migrations } from './migrations/index.ts'

export type LibraryState =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly version: number; readonly singerCount: number }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer'; readonly version: number; readonly knownVersion: number }
  | { readonly kind: 'unreadable'; readonly code: string }

/** Looks into a library without changing anything of it: opening it for work would put a damaged one aside. */
export function examineLibrary(folder: string): LibraryState {
  const path = databasePath(folder)
  if (!existsSync(path)) return { kind: 'none' }
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 500 })
    try {
      if (database.pragma('integrity_check', { simple: true }) !== 'ok') return { kind: 'damaged' }
      const version = Number(database.pragma('user_version', { simple: true }))
      if (version > migrations.length) return { kind: 'newer', version, knownVersion: migrations.length }
      const hasSingers = version > 0
      const count = hasSingers ? database.prepare('SELECT count(*) FROM singers').pluck().get() : 0
      return { kind: 'whole', version, singerCount: Number(count) }
    } finally {
      database.close()
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
    if (code.startsWith('SQLITE_BUSY')) return { kind: 'in-use' }
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { kind: 'damaged' }
    return { kind: 'unreadable', code }
  }
}
