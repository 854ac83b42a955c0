import type { Migration } from './migration.ts'

/** Which clips a singer was trained from. A clip in use cannot vanish; a dataset goes with its singer. */
export const datasetsMigration: Migration = {
  name: '0003-datasets',
  sql: `
    CREATE TABLE datasets (
      id TEXT PRIMARY KEY,
      singer_id TEXT NOT NULL REFERENCES singers (id) ON DELETE CASCADE,
      created_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE dataset_members (
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      clip_id TEXT NOT NULL REFERENCES clips (id) ON DELETE RESTRICT,
      position INTEGER NOT NULL,
      PRIMARY KEY (dataset_id, clip_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dataset_members_by_clip ON dataset_members (clip_id);
  `,
}
