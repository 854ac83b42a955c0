import type { Migration } from './migration.ts'

/** Which renders exist in which media folder. */
export const rendersMigration: Migration = {
  name: '0006-renders',
  sql: `
    CREATE TABLE renders (
      key TEXT NOT NULL,
      project_id TEXT NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      render TEXT NOT NULL,
      report TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      used_at_ms INTEGER NOT NULL,
      PRIMARY KEY (key, project_id)
    ) STRICT, WITHOUT ROWID;
  `,
}
