import type { Migration } from './migration.ts'

/** Recordings that singers are trained from, known by the hash of the file they came from. */
export const clipsMigration: Migration = {
  name: '0002-clips',
  sql: `
    CREATE TABLE clips (
      id TEXT PRIMARY KEY,
      file_name TEXT NOT NULL,
      duration_samples INTEGER NOT NULL,
      rate_hz INTEGER NOT NULL,
      added_at_ms INTEGER NOT NULL,
      verdict TEXT
    ) STRICT;
  `,
}
