import type { Migration } from './migration.ts'

/** Every job in its last known state, so that a restart can tell what was running. */
export const jobsMigration: Migration = {
  name: '0004-jobs',
  sql: `
    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      finished_at_ms INTEGER,
      request TEXT,
      job TEXT NOT NULL
    ) STRICT;
    CREATE INDEX jobs_by_state ON jobs (state);
    CREATE INDEX jobs_by_time ON jobs (created_at_ms);
  `,
}
