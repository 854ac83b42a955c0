import type { Migration } from './migration.ts'

export const recentProjectsMigration: Migration = {
  name: '0005-recent-projects',
  sql: `
    CREATE TABLE recent_projects (
      path TEXT PRIMARY KEY,
      project_id TEXT NOT NULL,
      name TEXT NOT NULL,
      duration_sec REAL NOT NULL,
      singer_ids TEXT NOT NULL,
      opened_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX recent_projects_by_time ON recent_projects (opened_at_ms);
  `,
}
