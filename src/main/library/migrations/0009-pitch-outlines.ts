import type { Migration } from './migration.ts'

/** Which notes a source holds, by the hash of its bytes: found once, for every song that uses it. */
export const pitchOutlinesMigration: Migration = {
  name: '0009-pitch-outlines',
  sql: `
    CREATE TABLE pitch_outlines (
      source_id TEXT NOT NULL,
      version INTEGER NOT NULL,
      outline TEXT NOT NULL,
      PRIMARY KEY (source_id, version)
    ) STRICT, WITHOUT ROWID;
  `,
}
