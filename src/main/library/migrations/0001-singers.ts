import type { Migration } from './migration.ts'

/** Singers by their card; the weights are the file `singers/<id>.singer`. */
export const singersMigration: Migration = {
  name: '0001-singers',
  sql: `
    CREATE TABLE singers (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL COLLATE NOCASE UNIQUE,
      hue_index INTEGER NOT NULL,
      lowest_hz REAL NOT NULL,
      highest_hz REAL NOT NULL,
      median_hz REAL NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('shipped', 'trained', 'imported')),
      licence TEXT NOT NULL,
      consent TEXT,
      trained_from_sec REAL NOT NULL,
      created_at_ms INTEGER NOT NULL,
      digest TEXT NOT NULL,
      converter TEXT NOT NULL,
      learned_fraction REAL NOT NULL
    ) STRICT;
  `,
}
