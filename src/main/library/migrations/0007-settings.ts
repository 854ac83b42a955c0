import type { Migration } from './migration.ts'

/** What the person chose once: values are JSON. */
export const settingsMigration: Migration = {
  name: '0007-settings',
  sql: `CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
}
