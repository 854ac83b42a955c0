import type { Database } from 'better-sqlite3'

export interface SettingsTable {
  /** Null when it was never set. Whoever reads it parses it. */
  get(name: string): unknown
  set(name: string, value: unknown): void
  remove(name: string): void
}

export function createSettingsTable(database: Database): SettingsTable {
  const byName = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck()
  const upsert = database.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)')
  const removeRow = database.prepare<[string]>('DELETE FROM settings WHERE name = ?')
  return {
    get(name) {
      const text = byName.get(name)
      return text === undefined ? null : (JSON.parse(text) as unknown)
    },
    set: (name, value) => void upsert.run(name, JSON.stringify(value)),
    remove: (name) => void removeRow.run(name),
  }
}
